package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
)

type franz struct {
	bootstrap string
	admin     *kadm.Client
	// One a codec and guarantee: at most ten.
	producers map[string]*kgo.Client
}

func newFranz(bootstrap string) *franz {
	client, err := kgo.NewClient(kgo.SeedBrokers(bootstrap))
	if err != nil {
		panic(err)
	}
	return &franz{bootstrap, kadm.NewClient(client), map[string]*kgo.Client{}}
}

func (f *franz) createTopic(topic string, partitions int32, configs map[string]string) error {
	ctx, cancel := context.WithTimeout(context.Background(), waitTime)
	defer cancel()
	values := map[string]*string{}
	for name, value := range configs {
		values[name] = &value
	}
	if _, err := f.admin.CreateTopic(ctx, partitions, 1, values, topic); err != nil {
		return err
	}
	// A creation reaches the metadata a moment after it was answered.
	for {
		topics, err := f.admin.ListTopics(ctx, topic)
		if err == nil {
			err = topics.Error()
		}
		if !errors.Is(err, kerr.UnknownTopicOrPartition) {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func (f *franz) deleteTopic(topic string) error {
	response, err := f.admin.DeleteTopic(context.Background(), topic)
	return cmp.Or(err, response.Err)
}

func (f *franz) listTopics() ([]string, error) {
	topics, err := f.admin.ListTopics(context.Background())
	return topics.Names(), err
}

func (f *franz) errorCode(err error) int16 {
	var failure *kerr.Error
	if errors.As(err, &failure) {
		return failure.Code
	}
	return 0
}

func (f *franz) producer(codec string, idempotent bool) (*kgo.Client, error) {
	name := fmt.Sprint(codec, idempotent)
	if client, ok := f.producers[name]; ok {
		return client, nil
	}
	codecs := map[string]kgo.CompressionCodec{
		"none": kgo.NoCompression(), "gzip": kgo.GzipCompression(), "snappy": kgo.SnappyCompression(),
		"lz4": kgo.Lz4Compression(), "zstd": kgo.ZstdCompression(),
	}
	options := []kgo.Opt{
		kgo.SeedBrokers(f.bootstrap),
		kgo.ProducerBatchCompression(codecs[codec]),
		kgo.ProducerBatchMaxBytes(largeBytes),
		kgo.RecordPartitioner(kgo.ManualPartitioner()),
	}
	if !idempotent {
		options = append(options, kgo.DisableIdempotentWrite())
	}
	client, err := kgo.NewClient(options...)
	f.producers[name] = client
	return client, err
}

func (f *franz) produce(r request) ([]int64, error) {
	client, err := f.producer(r.Codec, r.Idempotent)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), waitTime)
	defer cancel()
	sent := make([]*kgo.Record, len(r.Records))
	for i, rec := range r.Records {
		sent[i] = &kgo.Record{
			Topic: r.Topic, Partition: rec.Partition, Key: rec.Key, Value: rec.Value,
			Timestamp: time.UnixMilli(rec.Timestamp),
		}
		for _, h := range rec.Headers {
			sent[i].Headers = append(sent[i].Headers, kgo.RecordHeader{Key: h.name, Value: h.value})
		}
	}
	if err := client.ProduceSync(ctx, sent...).FirstErr(); err != nil {
		return nil, err
	}
	offsets := make([]int64, len(sent))
	for i, rec := range sent {
		offsets[i] = rec.Offset
	}
	return offsets, nil
}

func (f *franz) read(r request) ([]record, error) {
	var from kgo.Offset
	if r.From.Timestamp != nil {
		from = kgo.NewOffset().AfterMilli(*r.From.Timestamp)
	} else {
		from = kgo.NewOffset().At(*r.From.Offset)
	}
	resets := map[string]kgo.Offset{
		"earliest": kgo.NewOffset().AtStart(), "latest": kgo.NewOffset().AtEnd(), "none": kgo.NoResetOffset(),
	}
	client, err := kgo.NewClient(
		kgo.SeedBrokers(f.bootstrap),
		kgo.ConsumeResetOffset(resets[r.Reset]),
		kgo.ConsumePartitions(map[string]map[int32]kgo.Offset{r.Topic: {r.Partition: from}}),
	)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	ctx, cancel := context.WithTimeout(context.Background(), waitTime)
	defer cancel()
	records := []record{}
	for len(records) < r.Count {
		fetches := client.PollFetches(ctx)
		if err := fetches.Err(); err != nil {
			return nil, fmt.Errorf("read %d of %d records: %w", len(records), r.Count, err)
		}
		fetches.EachRecord(func(rec *kgo.Record) {
			if len(records) == r.Count {
				return
			}
			headers := []header{}
			for _, h := range rec.Headers {
				headers = append(headers, header{h.Key, h.Value})
			}
			records = append(records, record{
				rec.Partition, rec.Offset, rec.Timestamp.UnixMilli(), rec.Key, rec.Value, headers,
			})
		})
	}
	return records, nil
}

type franzMember struct {
	name   string
	client *kgo.Client
	cancel context.CancelFunc
	polls  sync.WaitGroup
	// Commits run between the polls, so that they never tell of a record that was not handed on.
	commits chan chan error
	// What the callbacks have given and taken; they never run at the same time.
	owned []int32
}

func (f *franz) join(r request) (groupMember, error) {
	name, group, topic := r.Member, r.Group, r.Topic
	member := &franzMember{name: name, commits: make(chan chan error)}
	take := func(taken map[string][]int32) {
		member.owned = slices.DeleteFunc(member.owned, func(p int32) bool {
			return slices.Contains(taken[topic], p)
		})
		emitAssignment(name, member.owned)
	}
	options := []kgo.Opt{
		kgo.SeedBrokers(f.bootstrap),
		kgo.ClientID(name),
		kgo.ConsumerGroup(group),
		kgo.ConsumeTopics(topic),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.DisableAutoCommit(),
		kgo.BlockRebalanceOnPoll(),
		kgo.SessionTimeout(10 * time.Second),
		kgo.HeartbeatInterval(300 * time.Millisecond),
		kgo.OnPartitionsAssigned(func(_ context.Context, client *kgo.Client, added map[string][]int32) {
			member.owned = append(member.owned, added[topic]...)
			_, generation := client.GroupMetadata()
			emitAssignmentOf(name, member.owned, generation)
		}),
		kgo.OnPartitionsRevoked(func(ctx context.Context, client *kgo.Client, taken map[string][]int32) {
			client.CommitUncommittedOffsets(ctx)
			take(taken)
		}),
		kgo.OnPartitionsLost(func(_ context.Context, _ *kgo.Client, taken map[string][]int32) { take(taken) }),
	}
	balancers := map[string]kgo.GroupBalancer{
		"range": kgo.RangeBalancer(), "roundrobin": kgo.RoundRobinBalancer(),
		"cooperative-sticky": kgo.CooperativeStickyBalancer(),
	}
	if balancer, ok := balancers[r.Assignor]; ok {
		options = append(options, kgo.Balancers(balancer))
	}
	if r.InstanceID != "" {
		options = append(options, kgo.InstanceID(r.InstanceID))
	}
	if r.SessionTimeoutMs > 0 {
		options = append(options, kgo.SessionTimeout(time.Duration(r.SessionTimeoutMs)*time.Millisecond))
	}
	if r.RebalanceTimeoutMs > 0 {
		options = append(options, kgo.RebalanceTimeout(time.Duration(r.RebalanceTimeoutMs)*time.Millisecond))
	}
	if r.MetadataMaxAgeMs > 0 {
		age := time.Duration(r.MetadataMaxAgeMs) * time.Millisecond
		options = append(options, kgo.MetadataMaxAge(age), kgo.MetadataMinAge(age))
	}
	client, err := kgo.NewClient(options...)
	if err != nil {
		return nil, err
	}
	member.client = client
	ctx, cancel := context.WithCancel(context.Background())
	member.cancel = cancel
	member.polls.Go(func() {
		for ctx.Err() == nil {
			pollCtx, done := context.WithTimeout(ctx, 100*time.Millisecond)
			client.PollFetches(pollCtx).EachRecord(func(rec *kgo.Record) {
				emitRecord(name, rec.Partition, rec.Offset, rec.Value)
			})
			done()
			select {
			case answer := <-member.commits:
				answer <- client.CommitUncommittedOffsets(ctx)
			default:
			}
			client.AllowRebalance()
		}
	})
	return member, nil
}

func (m *franzMember) commit() error {
	answer := make(chan error, 1)
	m.commits <- answer
	return <-answer
}

func (m *franzMember) leave() error {
	m.cancel()
	m.polls.Wait()
	m.client.CloseAllowingRebalance()
	return nil
}
