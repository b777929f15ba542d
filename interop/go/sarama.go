package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/IBM/sarama"
)

type saramaLibrary struct {
	bootstrap []string
	admin     sarama.ClusterAdmin
	newest    *saramaAdmin
	// One a codec and guarantee: at most ten.
	producers map[string]sarama.SyncProducer
}

// Sarama sends what its configured version knew: requests older than any other client's here.
func saramaConfig() *sarama.Config {
	config := sarama.NewConfig()
	config.Version = sarama.V2_1_0_0
	config.Metadata.Retry.Max = 10
	return config
}

func newSarama(bootstrap string) *saramaLibrary {
	addresses := []string{bootstrap}
	admin, err := sarama.NewClusterAdmin(addresses, saramaConfig())
	if err != nil {
		panic(err)
	}
	return &saramaLibrary{addresses, admin, newSaramaAdmin(bootstrap), map[string]sarama.SyncProducer{}}
}

func (s *saramaLibrary) createTopic(topic string, partitions int32, configs map[string]string) error {
	values := map[string]*string{}
	for name, value := range configs {
		values[name] = &value
	}
	detail := &sarama.TopicDetail{NumPartitions: partitions, ReplicationFactor: 1, ConfigEntries: values}
	if err := s.admin.CreateTopic(topic, detail, false); err != nil {
		return err
	}
	// A creation reaches the metadata a moment after it was answered.
	deadline := time.Now().Add(waitTime)
	for {
		topics, err := s.admin.DescribeTopics([]string{topic})
		if err != nil {
			return err
		}
		if topics[0].Err == sarama.ErrNoError {
			return nil
		}
		if time.Now().After(deadline) {
			return topics[0].Err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func (s *saramaLibrary) deleteTopic(topic string) error { return s.admin.DeleteTopic(topic) }

func (s *saramaLibrary) listTopics() ([]string, error) {
	topics, err := s.admin.ListTopics()
	names := []string{}
	for name := range topics {
		names = append(names, name)
	}
	return names, err
}

func (s *saramaLibrary) errorCode(err error) int16 {
	var code sarama.KError
	if errors.As(err, &code) {
		return int16(code)
	}
	return 0
}

func (s *saramaLibrary) producer(codec string, idempotent bool) (sarama.SyncProducer, error) {
	name := fmt.Sprint(codec, idempotent)
	if producer, ok := s.producers[name]; ok {
		return producer, nil
	}
	config := saramaConfig()
	if err := config.Producer.Compression.UnmarshalText([]byte(codec)); err != nil {
		return nil, err
	}
	config.Producer.RequiredAcks = sarama.WaitForAll
	config.Producer.Return.Successes = true
	config.Producer.Partitioner = sarama.NewManualPartitioner
	config.Producer.MaxMessageBytes = largeBytes
	if idempotent {
		config.Producer.Idempotent = true
		config.Net.MaxOpenRequests = 1
	}
	producer, err := sarama.NewSyncProducer(s.bootstrap, config)
	s.producers[name] = producer
	return producer, err
}

func (s *saramaLibrary) produce(r request) ([]int64, error) {
	producer, err := s.producer(r.Codec, r.Idempotent)
	if err != nil {
		return nil, err
	}
	messages := make([]*sarama.ProducerMessage, len(r.Records))
	for i, rec := range r.Records {
		messages[i] = &sarama.ProducerMessage{
			Topic: r.Topic, Partition: rec.Partition, Timestamp: time.UnixMilli(rec.Timestamp),
		}
		if rec.Key != nil {
			messages[i].Key = sarama.ByteEncoder(rec.Key)
		}
		if rec.Value != nil {
			messages[i].Value = sarama.ByteEncoder(rec.Value)
		}
		for _, h := range rec.Headers {
			messages[i].Headers = append(messages[i].Headers, sarama.RecordHeader{Key: []byte(h.name), Value: h.value})
		}
	}
	if err := producer.SendMessages(messages); err != nil {
		return nil, err
	}
	offsets := make([]int64, len(messages))
	for i, message := range messages {
		offsets[i] = message.Offset
	}
	return offsets, nil
}

func (s *saramaLibrary) read(r request) ([]record, error) {
	client, err := sarama.NewClient(s.bootstrap, saramaConfig())
	if err != nil {
		return nil, err
	}
	defer client.Close()
	var offset int64
	if r.From.Timestamp != nil {
		if offset, err = client.GetOffset(r.Topic, r.Partition, *r.From.Timestamp); err != nil {
			return nil, err
		}
	} else {
		offset = *r.From.Offset
	}
	consumer, err := sarama.NewConsumerFromClient(client)
	if err != nil {
		return nil, err
	}
	defer consumer.Close()
	partition, err := consumer.ConsumePartition(r.Topic, r.Partition, offset)
	if err != nil {
		return nil, err
	}
	defer partition.Close()
	records := []record{}
	timeout := time.After(waitTime)
	for len(records) < r.Count {
		select {
		case message := <-partition.Messages():
			headers := []header{}
			for _, h := range message.Headers {
				headers = append(headers, header{string(h.Key), h.Value})
			}
			records = append(records, record{
				message.Partition, message.Offset, message.Timestamp.UnixMilli(), message.Key, message.Value, headers,
			})
		case <-timeout:
			return nil, fmt.Errorf("read %d of %d records in time", len(records), r.Count)
		}
	}
	return records, nil
}

type saramaMember struct {
	name   string
	topic  string
	group  sarama.ConsumerGroup
	cancel context.CancelFunc
	loop   sync.WaitGroup

	lock    sync.Mutex
	session sarama.ConsumerGroupSession
}

func (s *saramaLibrary) join(r request) (groupMember, error) {
	config := saramaConfig()
	config.Consumer.Offsets.Initial = sarama.OffsetOldest
	config.Consumer.Offsets.AutoCommit.Enable = false
	config.Consumer.Group.Heartbeat.Interval = 300 * time.Millisecond
	strategy := sarama.NewBalanceStrategyRange()
	if r.Assignor == "roundrobin" {
		strategy = sarama.NewBalanceStrategyRoundRobin()
	}
	config.Consumer.Group.Rebalance.GroupStrategies = []sarama.BalanceStrategy{strategy}
	if r.MetadataMaxAgeMs > 0 {
		config.Metadata.RefreshFrequency = time.Duration(r.MetadataMaxAgeMs) * time.Millisecond
	}
	consumerGroup, err := sarama.NewConsumerGroup(s.bootstrap, r.Group, config)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	member := &saramaMember{name: r.Member, topic: r.Topic, group: consumerGroup, cancel: cancel}
	member.loop.Go(func() {
		for ctx.Err() == nil {
			consumerGroup.Consume(ctx, []string{r.Topic}, member)
		}
	})
	return member, nil
}

func (m *saramaMember) Setup(session sarama.ConsumerGroupSession) error {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.session = session
	emitAssignment(m.name, slices.Clone(session.Claims()[m.topic]))
	return nil
}

func (m *saramaMember) Cleanup(session sarama.ConsumerGroupSession) error {
	session.Commit()
	emitAssignment(m.name, nil)
	return nil
}

func (m *saramaMember) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for message := range claim.Messages() {
		emitRecord(m.name, message.Partition, message.Offset, message.Value)
		session.MarkMessage(message, "")
	}
	return nil
}

func (m *saramaMember) commit() error {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.session.Commit()
	return nil
}

func (m *saramaMember) leave() error {
	m.cancel()
	m.loop.Wait()
	return m.group.Close()
}
