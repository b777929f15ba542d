package main

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kmsg"
)

func (f *franz) adminCalls() map[string]func(r request) (map[string]any, error) {
	return map[string]func(r request) (map[string]any, error){
		"newTopic": f.newTopic(f.admin.CreateTopics), "validateTopic": f.newTopic(f.admin.ValidateCreateTopics),
		"createPartitions": f.createPartitions, "describeTopic": f.describeTopic,
		"describeCluster": f.describeCluster, "describeConfigs": f.describeConfigs, "alterConfigs": f.alterConfigs,
		"incrementalAlterConfigs": f.incrementalAlterConfigs, "listOffsets": f.listOffsets,
		"deleteRecords": f.deleteRecords, "describeLogDirs": f.describeLogDirs, "listGroups": f.listGroups,
		"describeGroup": f.describeGroup, "deleteGroup": f.deleteGroup, "listGroupOffsets": f.listGroupOffsets,
		"alterGroupOffsets": f.alterGroupOffsets, "deleteGroupOffsets": f.deleteGroupOffsets,
		"electLeader": f.electLeader, "alterReassignment": f.alterReassignment,
		"listReassignments": f.listReassignments, "createAcl": f.createACL, "describeAcls": f.describeACLs,
		"deleteAcls": f.deleteACLs,
	}
}

type createTopics func(
	context.Context, int32, int16, map[string]*string, ...string,
) (kadm.CreateTopicResponses, error)

func (f *franz) newTopic(create createTopics) func(r request) (map[string]any, error) {
	return func(r request) (map[string]any, error) {
		configs := map[string]*string{}
		for name, value := range r.Configs {
			configs[name] = &value
		}
		created, err := create(context.Background(), r.Partitions, r.ReplicationFactor, configs, r.Topic)
		return nil, cmp.Or(err, created[r.Topic].Err)
	}
}

func (f *franz) createPartitions(r request) (map[string]any, error) {
	grown, err := f.admin.UpdatePartitions(context.Background(), int(r.Total), r.Topic)
	return nil, cmp.Or(err, grown[r.Topic].Err)
}

func (f *franz) describeTopic(r request) (map[string]any, error) {
	topics, err := f.admin.ListTopics(context.Background(), r.Topic)
	partitions := []map[string]any{}
	for _, part := range topics[r.Topic].Partitions.Sorted() {
		partitions = append(partitions, map[string]any{
			"partition": part.Partition, "leader": part.Leader, "replicas": part.Replicas,
		})
	}
	return map[string]any{"partitions": partitions}, cmp.Or(err, topics[r.Topic].Err)
}

func (f *franz) describeCluster(request) (map[string]any, error) {
	metadata, err := f.admin.BrokerMetadata(context.Background())
	brokers := []map[string]any{}
	for _, broker := range metadata.Brokers {
		brokers = append(brokers, map[string]any{"id": broker.NodeID, "host": broker.Host, "port": broker.Port})
	}
	return map[string]any{"controller": metadata.Controller, "brokers": brokers}, err
}

func (f *franz) describeConfigs(r request) (map[string]any, error) {
	described, err := f.describeResource(r)
	if err != nil {
		return nil, err
	}
	configs := map[string]any{}
	for _, config := range described[0].Configs {
		isDefault := config.Source == kmsg.ConfigSourceDefaultConfig
		configs[config.Key] = map[string]any{"value": config.Value, "isDefault": isDefault}
	}
	return map[string]any{"configs": configs}, described[0].Err
}

func (f *franz) describeResource(r request) (kadm.ResourceConfigs, error) {
	if r.Resource == "topic" {
		return f.admin.DescribeTopicConfigs(context.Background(), r.Name)
	}
	id, err := strconv.ParseInt(r.Name, 10, 32)
	if err != nil {
		return nil, err
	}
	return f.admin.DescribeBrokerConfigs(context.Background(), int32(id))
}

func (f *franz) alterConfigs(r request) (map[string]any, error) {
	changes := []kadm.AlterConfig{}
	for name, value := range r.Configs {
		changes = append(changes, kadm.AlterConfig{Name: name, Value: &value})
	}
	return nil, firstAltered(f.admin.AlterTopicConfigsState(context.Background(), changes, r.Name))
}

func (f *franz) incrementalAlterConfigs(r request) (map[string]any, error) {
	changes := []kadm.AlterConfig{}
	for name, value := range r.Set {
		changes = append(changes, kadm.AlterConfig{Op: kadm.SetConfig, Name: name, Value: &value})
	}
	for _, name := range r.Remove {
		changes = append(changes, kadm.AlterConfig{Op: kadm.DeleteConfig, Name: name})
	}
	return nil, firstAltered(f.admin.AlterTopicConfigs(context.Background(), changes, r.Name))
}

func firstAltered(responses kadm.AlterConfigsResponses, err error) error {
	for _, response := range responses {
		err = cmp.Or(err, response.Err)
	}
	return err
}

func (f *franz) listOffsets(r request) (map[string]any, error) {
	ctx := context.Background()
	list := func() (kadm.ListedOffsets, error) { return f.admin.ListOffsetsAfterMilli(ctx, r.Timestamp, r.Topic) }
	switch r.Timestamp {
	case -1:
		list = func() (kadm.ListedOffsets, error) { return f.admin.ListEndOffsets(ctx, r.Topic) }
	case -2:
		list = func() (kadm.ListedOffsets, error) { return f.admin.ListStartOffsets(ctx, r.Topic) }
	}
	listed, err := list()
	offset, _ := listed.Lookup(r.Topic, r.Partition)
	return map[string]any{"offset": offset.Offset}, cmp.Or(err, offset.Err)
}

func (f *franz) deleteRecords(r request) (map[string]any, error) {
	offsets := kadm.Offsets{}
	offsets.AddOffset(r.Topic, r.Partition, r.Before, -1)
	deleted, err := f.admin.DeleteRecords(context.Background(), offsets)
	return nil, cmp.Or(err, deleted.Error())
}

func (f *franz) describeLogDirs(r request) (map[string]any, error) {
	described, err := f.admin.DescribeAllLogDirs(context.Background(), nil)
	sizes := []map[string]any{}
	described.Each(func(directory kadm.DescribedLogDir) {
		err = cmp.Or(err, directory.Err)
		directory.Topics.Each(func(part kadm.DescribedLogDirPartition) {
			if part.Topic == r.Topic {
				sizes = append(sizes, map[string]any{"partition": part.Partition, "bytes": part.Size})
			}
		})
	})
	return map[string]any{"sizes": sizes}, err
}

func (f *franz) listGroups(request) (map[string]any, error) {
	listed, err := f.admin.ListGroups(context.Background())
	return map[string]any{"groups": listed.Groups()}, err
}

func (f *franz) describeGroup(r request) (map[string]any, error) {
	described, err := f.admin.DescribeGroups(context.Background(), r.Group)
	group := described[r.Group]
	members := []map[string]any{}
	for _, member := range group.Members {
		partitions := []int32{}
		if assigned, ok := member.Assigned.AsConsumer(); ok {
			for _, topic := range assigned.Topics {
				partitions = append(partitions, topic.Partitions...)
			}
		}
		members = append(members, map[string]any{"partitions": partitions})
	}
	result := map[string]any{"state": strings.ToLower(group.State), "protocol": group.Protocol, "members": members}
	return result, cmp.Or(err, group.Err)
}

func (f *franz) deleteGroup(r request) (map[string]any, error) {
	deleted, err := f.admin.DeleteGroup(context.Background(), r.Group)
	return nil, cmp.Or(err, deleted.Err)
}

func (f *franz) listGroupOffsets(r request) (map[string]any, error) {
	fetched, err := f.admin.FetchOffsets(context.Background(), r.Group)
	offsets := []partitionOffset{}
	for partition, committed := range fetched[r.Topic] {
		offsets = append(offsets, partitionOffset{partition, committed.At})
		err = cmp.Or(err, committed.Err)
	}
	return map[string]any{"offsets": offsets}, err
}

func (f *franz) alterGroupOffsets(r request) (map[string]any, error) {
	offsets := kadm.Offsets{}
	for _, offset := range r.Offsets {
		offsets.AddOffset(r.Topic, offset.Partition, offset.Offset, -1)
	}
	return nil, f.admin.CommitAllOffsets(context.Background(), r.Group, offsets)
}

func (f *franz) deleteGroupOffsets(r request) (map[string]any, error) {
	topics := kadm.TopicsSet{}
	topics.Add(r.Topic, r.Partition)
	deleted, err := f.admin.DeleteOffsets(context.Background(), r.Group, topics)
	return nil, cmp.Or(err, deleted.Error())
}

func (f *franz) electLeader(r request) (map[string]any, error) {
	topics := kadm.TopicsSet{}
	topics.Add(r.Topic, r.Partition)
	elected, err := f.admin.ElectLeaders(context.Background(), kadm.ElectPreferredReplica, topics)
	return nil, cmp.Or(err, elected[r.Topic][r.Partition].Err)
}

func (f *franz) alterReassignment(r request) (map[string]any, error) {
	assignments := kadm.AlterPartitionAssignmentsReq{}
	assignments.Assign(r.Topic, r.Partition, r.Replicas)
	altered, err := f.admin.AlterPartitionAssignments(context.Background(), assignments)
	return nil, cmp.Or(err, altered.Error())
}

func (f *franz) listReassignments(r request) (map[string]any, error) {
	topics := kadm.TopicsSet{}
	topics.Add(r.Topic, r.Partition)
	listed, err := f.admin.ListPartitionReassignments(context.Background(), topics)
	return map[string]any{"count": len(listed.Sorted())}, err
}

func someoneReads(topic string) *kadm.ACLBuilder {
	return kadm.NewACLs().Topics(topic).Allow("User:someone").AllowHosts("*").Operations(kadm.OpRead)
}

func (f *franz) createACL(r request) (map[string]any, error) {
	created, err := f.admin.CreateACLs(context.Background(), someoneReads(r.Topic))
	for _, result := range created {
		err = cmp.Or(err, result.Err)
	}
	return nil, err
}

func (f *franz) describeACLs(r request) (map[string]any, error) {
	described, err := f.admin.DescribeACLs(context.Background(), someoneReads(r.Topic).ResourcePatternType(kadm.ACLPatternLiteral))
	for _, result := range described {
		err = cmp.Or(err, result.Err)
	}
	return nil, err
}

func (f *franz) deleteACLs(r request) (map[string]any, error) {
	deleted, err := f.admin.DeleteACLs(context.Background(), someoneReads(r.Topic).ResourcePatternType(kadm.ACLPatternLiteral))
	for _, result := range deleted {
		err = cmp.Or(err, result.Err)
	}
	return nil, err
}
