package main

import (
	"cmp"
	"errors"
	"strconv"
	"strings"

	"github.com/IBM/sarama"
)

// Its own admin client, which unlike the other clients here asks with the newest versions that Sarama knows.
func newSaramaAdmin(bootstrap string) *saramaAdmin {
	config := saramaConfig()
	config.Version = sarama.MaxVersion
	admin, err := sarama.NewClusterAdmin([]string{bootstrap}, config)
	if err != nil {
		panic(err)
	}
	return &saramaAdmin{admin}
}

type saramaAdmin struct{ admin sarama.ClusterAdmin }

func (s *saramaLibrary) adminCalls() map[string]func(r request) (map[string]any, error) {
	a := s.newest
	return map[string]func(r request) (map[string]any, error){
		"newTopic": a.newTopic(false), "validateTopic": a.newTopic(true), "createPartitions": a.createPartitions, "describeTopic": a.describeTopic,
		"describeCluster": a.describeCluster, "describeConfigs": a.describeConfigs, "alterConfigs": a.alterConfigs,
		"incrementalAlterConfigs": a.incrementalAlterConfigs, "listOffsets": a.listOffsets,
		"deleteRecords": a.deleteRecords, "describeLogDirs": a.describeLogDirs, "listGroups": a.listGroups,
		"describeGroup": a.describeGroup, "deleteGroup": a.deleteGroup, "listGroupOffsets": a.listGroupOffsets,
		"alterGroupOffsets": a.alterGroupOffsets, "deleteGroupOffsets": a.deleteGroupOffsets,
		"electLeader": a.electLeader, "alterReassignment": a.alterReassignment,
		"listReassignments": a.listReassignments, "createAcl": a.createACL, "describeAcls": a.describeACLs,
		"deleteAcls": a.deleteACLs,
	}
}

// Sarama keeps "no error" as a code of its own.
func unlessNone(err error) error {
	if errors.Is(err, sarama.ErrNoError) {
		return nil
	}
	return err
}

func (a *saramaAdmin) newTopic(validateOnly bool) func(r request) (map[string]any, error) {
	return func(r request) (map[string]any, error) {
		configs := map[string]*string{}
		for name, value := range r.Configs {
			configs[name] = &value
		}
		detail := &sarama.TopicDetail{
			NumPartitions: r.Partitions, ReplicationFactor: r.ReplicationFactor, ConfigEntries: configs,
		}
		return nil, a.admin.CreateTopic(r.Topic, detail, validateOnly)
	}
}

func (a *saramaAdmin) createPartitions(r request) (map[string]any, error) {
	return nil, a.admin.CreatePartitions(r.Topic, r.Total, nil, false)
}

func (a *saramaAdmin) describeTopic(r request) (map[string]any, error) {
	topics, err := a.admin.DescribeTopics([]string{r.Topic})
	if err != nil {
		return nil, err
	}
	partitions := []map[string]any{}
	for _, part := range topics[0].Partitions {
		partitions = append(partitions, map[string]any{
			"partition": part.ID, "leader": part.Leader, "replicas": part.Replicas,
		})
	}
	return map[string]any{"partitions": partitions}, unlessNone(topics[0].Err)
}

func (a *saramaAdmin) describeCluster(request) (map[string]any, error) {
	brokers, controller, err := a.admin.DescribeCluster()
	described := []map[string]any{}
	for _, broker := range brokers {
		host, port, _ := strings.Cut(broker.Addr(), ":")
		number, err := strconv.Atoi(port)
		if err != nil {
			return nil, err
		}
		described = append(described, map[string]any{"id": broker.ID(), "host": host, "port": number})
	}
	return map[string]any{"controller": controller, "brokers": described}, err
}

func resourceType(r request) sarama.ConfigResourceType {
	if r.Resource == "broker" {
		return sarama.BrokerResource
	}
	return sarama.TopicResource
}

func (a *saramaAdmin) describeConfigs(r request) (map[string]any, error) {
	entries, err := a.admin.DescribeConfig(sarama.ConfigResource{Type: resourceType(r), Name: r.Name})
	configs := map[string]any{}
	for _, entry := range entries {
		isDefault := entry.Source == sarama.SourceDefault
		configs[entry.Name] = map[string]any{"value": entry.Value, "isDefault": isDefault}
	}
	return map[string]any{"configs": configs}, err
}

func (a *saramaAdmin) alterConfigs(r request) (map[string]any, error) {
	configs := map[string]*string{}
	for name, value := range r.Configs {
		configs[name] = &value
	}
	return nil, a.admin.AlterConfig(resourceType(r), r.Name, configs, false)
}

func (a *saramaAdmin) incrementalAlterConfigs(r request) (map[string]any, error) {
	changes := map[string]sarama.IncrementalAlterConfigsEntry{}
	for name, value := range r.Set {
		changes[name] = sarama.IncrementalAlterConfigsEntry{
			Operation: sarama.IncrementalAlterConfigsOperationSet, Value: &value,
		}
	}
	for _, name := range r.Remove {
		changes[name] = sarama.IncrementalAlterConfigsEntry{Operation: sarama.IncrementalAlterConfigsOperationDelete}
	}
	return nil, a.admin.IncrementalAlterConfig(resourceType(r), r.Name, changes, false)
}

func (a *saramaAdmin) listOffsets(r request) (map[string]any, error) {
	wanted := map[string]map[int32]int64{r.Topic: {r.Partition: r.Timestamp}}
	listed, err := a.admin.ListOffsets(wanted, nil)
	if err != nil {
		return nil, err
	}
	result := listed[r.Topic][r.Partition]
	return map[string]any{"offset": result.Offset}, unlessNone(result.Err)
}

func (a *saramaAdmin) deleteRecords(r request) (map[string]any, error) {
	return nil, a.admin.DeleteRecords(r.Topic, map[int32]int64{r.Partition: r.Before})
}

func (a *saramaAdmin) describeLogDirs(r request) (map[string]any, error) {
	_, controller, err := a.admin.DescribeCluster()
	if err != nil {
		return nil, err
	}
	described, err := a.admin.DescribeLogDirs([]int32{controller})
	sizes := []map[string]any{}
	for _, directory := range described[controller] {
		err = cmp.Or(err, unlessNone(directory.ErrorCode))
		for _, topic := range directory.Topics {
			if topic.Topic != r.Topic {
				continue
			}
			for _, part := range topic.Partitions {
				sizes = append(sizes, map[string]any{"partition": part.PartitionID, "bytes": part.Size})
			}
		}
	}
	return map[string]any{"sizes": sizes}, err
}

func (a *saramaAdmin) listGroups(request) (map[string]any, error) {
	listed, err := a.admin.ListConsumerGroups()
	groups := []string{}
	for group := range listed {
		groups = append(groups, group)
	}
	return map[string]any{"groups": groups}, err
}

func (a *saramaAdmin) describeGroup(r request) (map[string]any, error) {
	groups, err := a.admin.DescribeConsumerGroups([]string{r.Group})
	if err != nil {
		return nil, err
	}
	members := []map[string]any{}
	for _, member := range groups[0].Members {
		assignment, err := member.GetMemberAssignment()
		if err != nil {
			return nil, err
		}
		partitions := []int32{}
		for _, assigned := range assignment.Topics {
			partitions = append(partitions, assigned...)
		}
		members = append(members, map[string]any{"partitions": partitions})
	}
	result := map[string]any{
		"state": strings.ToLower(groups[0].State), "protocol": groups[0].Protocol, "members": members,
	}
	return result, unlessNone(groups[0].Err)
}

func (a *saramaAdmin) deleteGroup(r request) (map[string]any, error) {
	return nil, a.admin.DeleteConsumerGroup(r.Group)
}

func (a *saramaAdmin) listGroupOffsets(r request) (map[string]any, error) {
	listed, err := a.admin.ListConsumerGroupOffsetsBatch(map[string]map[string][]int32{r.Group: nil})
	if err != nil {
		return nil, err
	}
	offsets := []partitionOffset{}
	for partition, block := range listed[r.Group].Blocks[r.Topic] {
		offsets = append(offsets, partitionOffset{partition, block.Offset})
		err = cmp.Or(err, unlessNone(block.Err))
	}
	return map[string]any{"offsets": offsets}, cmp.Or(err, unlessNone(listed[r.Group].Err))
}

func (a *saramaAdmin) alterGroupOffsets(r request) (map[string]any, error) {
	offsets := map[int32]sarama.OffsetAndMetadata{}
	for _, offset := range r.Offsets {
		offsets[offset.Partition] = sarama.OffsetAndMetadata{Offset: offset.Offset, LeaderEpoch: -1}
	}
	wanted := map[string]map[int32]sarama.OffsetAndMetadata{r.Topic: offsets}
	altered, err := a.admin.AlterConsumerGroupOffsets(r.Group, wanted, nil)
	if err != nil {
		return nil, err
	}
	for _, code := range altered.Errors[r.Topic] {
		err = cmp.Or(err, unlessNone(code))
	}
	return nil, err
}

func (a *saramaAdmin) deleteGroupOffsets(r request) (map[string]any, error) {
	return nil, a.admin.DeleteConsumerGroupOffset(r.Group, r.Topic, r.Partition)
}

func (a *saramaAdmin) electLeader(r request) (map[string]any, error) {
	wanted := map[string][]int32{r.Topic: {r.Partition}}
	elected, err := a.admin.ElectLeaders(sarama.PreferredElection, wanted)
	if err != nil {
		return nil, err
	}
	return nil, unlessNone(elected[r.Topic][r.Partition].ErrorCode)
}

// It takes the replicas of all partitions; the contract's topic has one.
func (a *saramaAdmin) alterReassignment(r request) (map[string]any, error) {
	return nil, a.admin.AlterPartitionReassignments(r.Topic, [][]int32{r.Replicas})
}

func (a *saramaAdmin) listReassignments(r request) (map[string]any, error) {
	listed, err := a.admin.ListPartitionReassignments(r.Topic, []int32{r.Partition})
	return map[string]any{"count": len(listed[r.Topic])}, err
}

func (a *saramaAdmin) createACL(r request) (map[string]any, error) {
	rule := sarama.Acl{
		Principal: "User:someone", Host: "*",
		Operation: sarama.AclOperationRead, PermissionType: sarama.AclPermissionAllow,
	}
	resource := sarama.Resource{
		ResourceType: sarama.AclResourceTopic, ResourceName: r.Topic, ResourcePatternType: sarama.AclPatternLiteral,
	}
	return nil, a.admin.CreateACL(resource, rule)
}

func aclFilter(topic string) sarama.AclFilter {
	return sarama.AclFilter{
		ResourceType: sarama.AclResourceTopic, ResourceName: &topic, ResourcePatternTypeFilter: sarama.AclPatternLiteral,
		Operation: sarama.AclOperationRead, PermissionType: sarama.AclPermissionAllow,
	}
}

func (a *saramaAdmin) describeACLs(r request) (map[string]any, error) {
	_, err := a.admin.ListAcls(aclFilter(r.Topic))
	return nil, err
}

func (a *saramaAdmin) deleteACLs(r request) (map[string]any, error) {
	_, err := a.admin.DeleteACL(aclFilter(r.Topic), false)
	return nil, err
}
