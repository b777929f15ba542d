//go:build cgo

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/confluentinc/confluent-kafka-go/kafka"
)

// librdkafka 1.9.2, the last of its old line, which confluent-kafka-go 1 brings as a static library.
func init() {
	libraries["librdkafka1"] = func(bootstrap string) library { return newConfluent(bootstrap) }
}

type confluent struct {
	bootstrap string
	admin     *kafka.AdminClient
	// One a codec and guarantee: at most ten.
	producers map[string]*kafka.Producer
}

func newConfluent(bootstrap string) *confluent {
	admin, err := kafka.NewAdminClient(&kafka.ConfigMap{"bootstrap.servers": bootstrap})
	if err != nil {
		panic(err)
	}
	return &confluent{bootstrap, admin, map[string]*kafka.Producer{}}
}

func (c *confluent) createTopic(topic string, partitions int32, configs map[string]string) error {
	results, err := c.admin.CreateTopics(context.Background(), []kafka.TopicSpecification{
		{Topic: topic, NumPartitions: int(partitions), ReplicationFactor: 1, Config: configs},
	})
	if err := firstFailure(results, err); err != nil {
		return err
	}
	// A creation reaches the metadata a moment after it was answered.
	deadline := time.Now().Add(waitTime)
	for {
		metadata, err := c.admin.GetMetadata(&topic, false, 10_000)
		if err != nil {
			return err
		}
		failure := metadata.Topics[topic].Error
		if failure.Code() == kafka.ErrNoError {
			return nil
		}
		if time.Now().After(deadline) {
			return failure
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func firstFailure(results []kafka.TopicResult, err error) error {
	for _, result := range results {
		if err == nil && result.Error.Code() != kafka.ErrNoError {
			err = result.Error
		}
	}
	return err
}

func (c *confluent) deleteTopic(topic string) error {
	return firstFailure(c.admin.DeleteTopics(context.Background(), []string{topic}))
}

func (c *confluent) listTopics() ([]string, error) {
	metadata, err := c.admin.GetMetadata(nil, true, 10_000)
	if err != nil {
		return nil, err
	}
	names := []string{}
	for name := range metadata.Topics {
		names = append(names, name)
	}
	return names, nil
}

func (c *confluent) errorCode(err error) int16 {
	var failure kafka.Error
	if errors.As(err, &failure) {
		return int16(failure.Code())
	}
	return 0
}

func (c *confluent) producer(codec string, idempotent bool) (*kafka.Producer, error) {
	name := fmt.Sprint(codec, idempotent)
	if producer, ok := c.producers[name]; ok {
		return producer, nil
	}
	producer, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers":  c.bootstrap,
		"compression.codec":  codec,
		"enable.idempotence": idempotent,
		"message.max.bytes":  largeBytes,
		"linger.ms":          5,
	})
	c.producers[name] = producer
	return producer, err
}

func (c *confluent) produce(r request) ([]int64, error) {
	producer, err := c.producer(r.Codec, r.Idempotent)
	if err != nil {
		return nil, err
	}
	delivered := make(chan kafka.Event, len(r.Records))
	for i, rec := range r.Records {
		message := &kafka.Message{
			TopicPartition: kafka.TopicPartition{Topic: &r.Topic, Partition: rec.Partition},
			Key:            rec.Key, Value: rec.Value, Timestamp: time.UnixMilli(rec.Timestamp), Opaque: i,
		}
		for _, h := range rec.Headers {
			message.Headers = append(message.Headers, kafka.Header{Key: h.name, Value: h.value})
		}
		if err := producer.Produce(message, delivered); err != nil {
			return nil, err
		}
	}
	offsets := make([]int64, len(r.Records))
	timeout := time.After(waitTime)
	for range r.Records {
		select {
		case event := <-delivered:
			message := event.(*kafka.Message)
			if err := message.TopicPartition.Error; err != nil {
				return nil, err
			}
			offsets[message.Opaque.(int)] = int64(message.TopicPartition.Offset)
		case <-timeout:
			return nil, fmt.Errorf("not everything was delivered in time")
		}
	}
	return offsets, nil
}

func (c *confluent) read(r request) ([]record, error) {
	reset := r.Reset
	if reset == "none" {
		reset = "error"
	}
	consumer, err := kafka.NewConsumer(&kafka.ConfigMap{
		"bootstrap.servers": c.bootstrap, "group.id": "unused", "enable.auto.commit": false,
		"fetch.message.max.bytes": largeBytes,
		"auto.offset.reset":       reset,
	})
	if err != nil {
		return nil, err
	}
	defer consumer.Close()
	start := []kafka.TopicPartition{{Topic: &r.Topic, Partition: r.Partition}}
	if r.From.Timestamp != nil {
		start[0].Offset = kafka.Offset(*r.From.Timestamp)
		if start, err = consumer.OffsetsForTimes(start, 10_000); err != nil {
			return nil, err
		}
	} else {
		start[0].Offset = kafka.Offset(*r.From.Offset)
	}
	if err := consumer.Assign(start); err != nil {
		return nil, err
	}
	records := []record{}
	deadline := time.Now().Add(waitTime)
	for len(records) < r.Count {
		message, err := consumer.ReadMessage(time.Until(deadline))
		if err != nil {
			return nil, fmt.Errorf("read %d of %d records: %w", len(records), r.Count, err)
		}
		headers := []header{}
		for _, h := range message.Headers {
			headers = append(headers, header{h.Key, h.Value})
		}
		records = append(records, record{
			message.TopicPartition.Partition, int64(message.TopicPartition.Offset),
			message.Timestamp.UnixMilli(), message.Key, message.Value, headers,
		})
	}
	return records, nil
}

type confluentMember struct {
	name     string
	consumer *kafka.Consumer
	// Of a cooperative assignor the callbacks tell only the changes.
	owned    []int32
	commands chan func() bool
	polls    sync.WaitGroup
}

func (c *confluent) join(r request) (groupMember, error) {
	config := kafka.ConfigMap{
		"bootstrap.servers": c.bootstrap, "group.id": r.Group, "enable.auto.commit": false,
		"auto.offset.reset": "earliest", "heartbeat.interval.ms": 300,
		"session.timeout.ms":                 cmp.Or(r.SessionTimeoutMs, 10_000),
		"partition.assignment.strategy":      cmp.Or(r.Assignor, "range,roundrobin"),
		"group.instance.id":                  r.InstanceID,
		"max.poll.interval.ms":               cmp.Or(r.RebalanceTimeoutMs, 300_000),
		"topic.metadata.refresh.interval.ms": cmp.Or(r.MetadataMaxAgeMs, 300_000),
	}
	consumer, err := kafka.NewConsumer(&config)
	if err != nil {
		return nil, err
	}
	member := &confluentMember{name: r.Member, consumer: consumer, commands: make(chan func() bool)}
	if err := consumer.Subscribe(r.Topic, member.rebalanced); err != nil {
		return nil, err
	}
	member.polls.Go(member.poll)
	return member, nil
}

func (m *confluentMember) rebalanced(_ *kafka.Consumer, event kafka.Event) error {
	switch event := event.(type) {
	case kafka.AssignedPartitions:
		for _, assigned := range event.Partitions {
			m.owned = append(m.owned, assigned.Partition)
		}
	case kafka.RevokedPartitions:
		m.commitAll()
		for _, revoked := range event.Partitions {
			m.owned = slices.DeleteFunc(m.owned, func(p int32) bool { return p == revoked.Partition })
		}
	}
	emitAssignment(m.name, m.owned)
	return nil
}

// The consumer wants one poller; commit and leave take their turn between its polls.
func (m *confluentMember) poll() {
	for {
		select {
		case command := <-m.commands:
			if !command() {
				return
			}
		default:
			if message, ok := m.consumer.Poll(100).(*kafka.Message); ok {
				emitRecord(m.name, message.TopicPartition.Partition, int64(message.TopicPartition.Offset), message.Value)
			}
		}
	}
}

func (m *confluentMember) commitAll() error {
	_, err := m.consumer.Commit()
	if failure, ok := err.(kafka.Error); ok && failure.Code() == kafka.ErrNoOffset {
		return nil
	}
	return err
}

func (m *confluentMember) commit() error {
	done := make(chan error, 1)
	m.commands <- func() bool { done <- m.commitAll(); return true }
	return <-done
}

func (m *confluentMember) stall(pause time.Duration) {
	go func() { m.commands <- func() bool { time.Sleep(pause); return true } }()
}

func (m *confluentMember) leave() error {
	done := make(chan error, 1)
	m.commands <- func() bool { done <- m.consumer.Close(); return false }
	m.polls.Wait()
	emitAssignment(m.name, nil)
	return <-done
}
