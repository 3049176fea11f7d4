package tensorboard

import (
	"encoding/binary"
	"hash/crc32"
)

// masked is the checksum of a record's part. It is turned and shifted so that a
// checksum over data that holds checksums is no weaker. The table is made once,
// where it is asked for: a variable would be made in every program.
func masked(b []byte) uint32 {
	sum := crc32.Checksum(b, crc32.MakeTable(crc32.Castagnoli))
	return (sum>>15 | sum<<17) + 0xa282ead8
}

// appendRecord frames data: its length in eight bytes, their checksum in four,
// the data, and its checksum.
func appendRecord(b, data []byte) []byte {
	at := len(b)
	b = binary.LittleEndian.AppendUint64(b, uint64(len(data)))
	b = binary.LittleEndian.AppendUint32(b, masked(b[at:]))
	b = append(b, data...)
	return binary.LittleEndian.AppendUint32(b, masked(data))
}
