package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/segmentio/kafka-go"
)

// segmentio's kafka-go, which speaks some of the oldest versions that are still served. It knows no producer ids.
func init() {
	libraries["kafka-go"] = func(bootstrap string) library { return newKafkaGo(bootstrap) }
}

type kafkaGo struct {
	bootstrap string
	client    *kafka.Client
}

func newKafkaGo(bootstrap string) *kafkaGo {
	client := &kafka.Client{Addr: kafka.TCP(bootstrap), Timeout: waitTime}
	return &kafkaGo{bootstrap, client}
}

func (k *kafkaGo) errorCode(err error) int16 {
	var code kafka.Error
	if errors.As(err, &code) {
		return int16(code)
	}
	return 0
}

func (k *kafkaGo) createTopic(topic string, partitions int32, configs map[string]string) error {
	entries := []kafka.ConfigEntry{}
	for name, value := range configs {
		entries = append(entries, kafka.ConfigEntry{ConfigName: name, ConfigValue: value})
	}
	created, err := k.client.CreateTopics(context.Background(), &kafka.CreateTopicsRequest{Topics: []kafka.TopicConfig{
		{Topic: topic, NumPartitions: int(partitions), ReplicationFactor: 1, ConfigEntries: entries},
	}})
	if err != nil {
		return err
	}
	if err := created.Errors[topic]; err != nil {
		return err
	}
	// A creation reaches the metadata a moment after it was answered.
	deadline := time.Now().Add(waitTime)
	for {
		described, err := k.client.Metadata(context.Background(), &kafka.MetadataRequest{Topics: []string{topic}})
		if err != nil {
			return err
		}
		if failure := described.Topics[0].Error; failure == nil || time.Now().After(deadline) {
			return failure
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func (k *kafkaGo) deleteTopic(topic string) error {
	deleted, err := k.client.DeleteTopics(context.Background(), &kafka.DeleteTopicsRequest{Topics: []string{topic}})
	if err != nil {
		return err
	}
	return deleted.Errors[topic]
}

func (k *kafkaGo) listTopics() ([]string, error) {
	described, err := k.client.Metadata(context.Background(), &kafka.MetadataRequest{})
	if err != nil {
		return nil, err
	}
	names := []string{}
	for _, topic := range described.Topics {
		names = append(names, topic.Name)
	}
	return names, nil
}

// What goes with a message through the writer: its place in the request.
type placed struct {
	index     int
	partition int
}

func (k *kafkaGo) produce(r request) ([]int64, error) {
	var compression kafka.Compression
	if r.Codec != "none" {
		if err := compression.UnmarshalText([]byte(r.Codec)); err != nil {
			return nil, err
		}
	}
	offsets := make([]int64, len(r.Records))
	var lock sync.Mutex
	writer := &kafka.Writer{
		Addr: kafka.TCP(k.bootstrap), Topic: r.Topic, Compression: compression,
		RequiredAcks: kafka.RequireAll, BatchSize: len(r.Records), BatchBytes: largeBytes, BatchTimeout: 5 * time.Millisecond,
		Balancer: kafka.BalancerFunc(func(message kafka.Message, _ ...int) int {
			return message.WriterData.(placed).partition
		}),
		Completion: func(messages []kafka.Message, _ error) {
			lock.Lock()
			defer lock.Unlock()
			for _, message := range messages {
				offsets[message.WriterData.(placed).index] = message.Offset
			}
		},
	}
	messages := make([]kafka.Message, len(r.Records))
	for i, rec := range r.Records {
		messages[i] = kafka.Message{
			Key: rec.Key, Value: rec.Value, Time: time.UnixMilli(rec.Timestamp),
			WriterData: placed{i, int(rec.Partition)},
		}
		for _, h := range rec.Headers {
			messages[i].Headers = append(messages[i].Headers, kafka.Header{Key: h.name, Value: h.value})
		}
	}
	if err := writer.WriteMessages(context.Background(), messages...); err != nil {
		return nil, err
	}
	// Closing waits for the completions.
	return offsets, writer.Close()
}

func (k *kafkaGo) reader(topic string, partition int) *kafka.Reader {
	return kafka.NewReader(kafka.ReaderConfig{
		Brokers: []string{k.bootstrap}, Topic: topic, Partition: partition,
		MaxBytes: largeBytes, MaxWait: 200 * time.Millisecond,
	})
}

func (k *kafkaGo) read(r request) ([]record, error) {
	reader := k.reader(r.Topic, int(r.Partition))
	defer reader.Close()
	ctx, cancel := context.WithTimeout(context.Background(), waitTime)
	defer cancel()
	var err error
	if r.From.Timestamp != nil {
		err = reader.SetOffsetAt(ctx, time.UnixMilli(*r.From.Timestamp))
	} else {
		err = reader.SetOffset(*r.From.Offset)
	}
	records := []record{}
	for err == nil && len(records) < r.Count {
		var message kafka.Message
		if message, err = reader.ReadMessage(ctx); err != nil {
			return nil, fmt.Errorf("read %d of %d records: %w", len(records), r.Count, err)
		}
		headers := []header{}
		for _, h := range message.Headers {
			headers = append(headers, header{h.Key, h.Value})
		}
		records = append(records, record{
			int32(message.Partition), message.Offset, message.Time.UnixMilli(), message.Key, message.Value, headers,
		})
	}
	return records, err
}

type kafkaGoMember struct {
	library *kafkaGo
	name    string
	topic   string
	group   *kafka.ConsumerGroup
	loop    sync.WaitGroup

	lock       sync.Mutex
	generation *kafka.Generation
	positions  map[int]int64
}

func (k *kafkaGo) join(r request) (groupMember, error) {
	balancers := map[string]kafka.GroupBalancer{
		"": kafka.RangeGroupBalancer{}, "range": kafka.RangeGroupBalancer{}, "roundrobin": kafka.RoundRobinGroupBalancer{},
	}
	group, err := kafka.NewConsumerGroup(kafka.ConsumerGroupConfig{
		ID: r.Group, Brokers: []string{k.bootstrap}, Topics: []string{r.Topic},
		GroupBalancers:    []kafka.GroupBalancer{balancers[r.Assignor]},
		HeartbeatInterval: 300 * time.Millisecond, SessionTimeout: 10 * time.Second,
		JoinGroupBackoff: 200 * time.Millisecond, StartOffset: kafka.FirstOffset,
		WatchPartitionChanges:  r.MetadataMaxAgeMs > 0,
		PartitionWatchInterval: time.Duration(cmp.Or(r.MetadataMaxAgeMs, 5000)) * time.Millisecond,
	})
	if err != nil {
		return nil, err
	}
	member := &kafkaGoMember{library: k, name: r.Member, topic: r.Topic, group: group}
	member.loop.Go(func() {
		for {
			generation, err := group.Next(context.Background())
			if errors.Is(err, kafka.ErrGroupClosed) {
				return
			}
			if err == nil {
				member.begin(generation)
			}
		}
	})
	return member, nil
}

func (m *kafkaGoMember) begin(generation *kafka.Generation) {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.generation, m.positions = generation, map[int]int64{}
	owned := []int32{}
	reading := sync.WaitGroup{}
	for _, assigned := range generation.Assignments[m.topic] {
		owned = append(owned, int32(assigned.ID))
		reading.Add(1)
		generation.Start(func(ctx context.Context) {
			defer reading.Done()
			m.consume(ctx, assigned)
		})
	}
	emitAssignment(m.name, owned)
	// It joins again once what it has started for this generation is over.
	generation.Start(func(ctx context.Context) {
		<-ctx.Done()
		reading.Wait()
		m.commit()
		emitAssignment(m.name, nil)
	})
}

func (m *kafkaGoMember) consume(ctx context.Context, assigned kafka.PartitionAssignment) {
	reader := m.library.reader(m.topic, assigned.ID)
	defer reader.Close()
	reader.SetOffset(assigned.Offset)
	for {
		message, err := reader.ReadMessage(ctx)
		if err != nil {
			return
		}
		emitRecord(m.name, int32(message.Partition), message.Offset, message.Value)
		m.lock.Lock()
		m.positions[message.Partition] = message.Offset + 1
		m.lock.Unlock()
	}
}

func (m *kafkaGoMember) commit() error {
	m.lock.Lock()
	defer m.lock.Unlock()
	return m.generation.CommitOffsets(map[string]map[int]int64{m.topic: m.positions})
}

func (m *kafkaGoMember) leave() error {
	err := m.group.Close()
	m.loop.Wait()
	return err
}
