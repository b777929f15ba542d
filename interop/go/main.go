// A driver of the Go clients; its second argument names the library. `check-metrics` reads metrics instead.
// Requests and events: see "Drivers" in interop/README.md.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sync"
	"time"
)

const (
	waitTime   = 45 * time.Second
	largeBytes = 4 << 20
)

// A header is [name, value]; a null value is Kafka's null.
type header struct {
	name  string
	value []byte
}

func (h header) MarshalJSON() ([]byte, error) { return json.Marshal([2]any{h.name, h.value}) }

func (h *header) UnmarshalJSON(data []byte) error {
	return json.Unmarshal(data, &[2]any{&h.name, &h.value})
}

// A record as it goes over the pipe; encoding/json makes base64 of bytes and null of nil.
type record struct {
	Partition int32    `json:"partition"`
	Offset    int64    `json:"offset"`
	Timestamp int64    `json:"timestamp"`
	Key       []byte   `json:"key"`
	Value     []byte   `json:"value"`
	Headers   []header `json:"headers"`
}

type request struct {
	ID         int               `json:"id"`
	Op         string            `json:"op"`
	Topic      string            `json:"topic"`
	Partitions int32             `json:"partitions"`
	Configs    map[string]string `json:"configs"`
	Codec      string            `json:"codec"`
	Idempotent bool              `json:"idempotent"`
	Records    []record          `json:"records"`
	Partition  int32             `json:"partition"`
	From       struct {
		Offset    *int64 `json:"offset"`
		Timestamp *int64 `json:"timestamp"`
	} `json:"from"`
	Count  int    `json:"count"`
	Reset  string `json:"reset"`
	Ms     int    `json:"ms"`
	Member string `json:"member"`
	Group  string `json:"group"`
	// Of a member; the driver's own where they are left out.
	Assignor           string `json:"assignor"`
	InstanceID         string `json:"instanceId"`
	SessionTimeoutMs   int    `json:"sessionTimeoutMs"`
	RebalanceTimeoutMs int    `json:"rebalanceTimeoutMs"`
	MetadataMaxAgeMs   int    `json:"metadataMaxAgeMs"`

	// Of the admin calls, see harness/admin-calls.ts.
	ReplicationFactor int16             `json:"replicationFactor"`
	Total             int32             `json:"total"`
	Resource          string            `json:"resource"`
	Name              string            `json:"name"`
	Set               map[string]string `json:"set"`
	Remove            []string          `json:"remove"`
	Timestamp         int64             `json:"timestamp"`
	Before            int64             `json:"before"`
	Replicas          []int32           `json:"replicas"`
	Offsets           []partitionOffset `json:"offsets"`
}

type partitionOffset struct {
	Partition int32 `json:"partition"`
	Offset    int64 `json:"offset"`
}

// A library does what the requests ask for.
type library interface {
	createTopic(topic string, partitions int32, configs map[string]string) error
	deleteTopic(topic string) error
	listTopics() ([]string, error)
	produce(r request) ([]int64, error)
	read(r request) ([]record, error)
	join(r request) (groupMember, error)
	// Kafka's code of an error, 0 where it is none of Kafka's.
	errorCode(err error) int16
}

// A library whose admin client is tried too.
type administrator interface {
	adminCalls() map[string]func(r request) (map[string]any, error)
}

type groupMember interface {
	commit() error
	leave() error
}

var libraries = map[string]func(bootstrap string) library{
	"franz":  func(bootstrap string) library { return newFranz(bootstrap) },
	"sarama": func(bootstrap string) library { return newSarama(bootstrap) },
}

var outputLock sync.Mutex

func emit(message map[string]any) {
	outputLock.Lock()
	defer outputLock.Unlock()
	line, err := json.Marshal(message)
	if err != nil {
		panic(err)
	}
	fmt.Printf("%s\n", line)
}

func emitAssignment(member string, partitions []int32) {
	if partitions == nil {
		partitions = []int32{}
	}
	emit(map[string]any{"event": "assignment", "member": member, "partitions": partitions})
}

func emitAssignmentOf(member string, partitions []int32, generation int32) {
	emit(map[string]any{
		"event": "assignment", "member": member, "partitions": partitions, "generation": generation,
	})
}

func emitRecord(member string, partition int32, offset int64, value []byte) {
	emit(map[string]any{
		"event": "record", "member": member, "partition": partition, "offset": offset, "value": value,
	})
}

func main() {
	if os.Args[1] == "check-metrics" {
		checkMetrics()
		return
	}
	open, ok := libraries[os.Args[2]]
	if !ok {
		panic(fmt.Sprintf("no library %q; librdkafka1 needs a C compiler when this is built", os.Args[2]))
	}
	lib := open(os.Args[1])
	members := map[string]groupMember{}
	input := bufio.NewReader(os.Stdin)
	for {
		line, err := input.ReadBytes('\n')
		if err != nil {
			break
		}
		var r request
		if err := json.Unmarshal(line, &r); err != nil {
			panic(err)
		}
		answer := map[string]any{"id": r.ID}
		if result, err := perform(lib, members, r); err != nil {
			answer["error"] = err.Error()
			if code := lib.errorCode(err); code > 0 {
				answer["code"] = code
			}
		} else {
			answer["result"] = result
		}
		emit(answer)
	}
	for _, member := range members {
		member.leave()
	}
}

func perform(lib library, members map[string]groupMember, r request) (map[string]any, error) {
	done := map[string]any{}
	switch r.Op {
	case "createTopic":
		return done, lib.createTopic(r.Topic, r.Partitions, r.Configs)
	case "deleteTopic":
		return done, lib.deleteTopic(r.Topic)
	case "listTopics":
		topics, err := lib.listTopics()
		return map[string]any{"topics": topics}, err
	case "produce":
		offsets, err := lib.produce(r)
		return map[string]any{"offsets": offsets}, err
	case "read":
		records, err := lib.read(r)
		return map[string]any{"records": records}, err
	case "join":
		member, err := lib.join(r)
		members[r.Member] = member
		return done, err
	case "commit":
		return done, members[r.Member].commit()
	case "stall":
		if member, ok := members[r.Member].(interface{ stall(time.Duration) }); ok {
			member.stall(time.Duration(r.Ms) * time.Millisecond)
			return done, nil
		}
	case "leave":
		member := members[r.Member]
		delete(members, r.Member)
		return done, member.leave()
	}
	if admin, ok := lib.(administrator); ok {
		if call, ok := admin.adminCalls()[r.Op]; ok {
			return call(r)
		}
	}
	return nil, fmt.Errorf("unknown operation %q", r.Op)
}
