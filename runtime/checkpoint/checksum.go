package checkpoint

import (
	"errors"
	"hash/crc64"
	"strconv"
	"strings"
)

// Files that this package writes carry a checksum as one more entry of their
// metadata: the CRC-64 (ECMA-182) of the header, with zeros for the digits of
// the checksum itself, and of the tensors' bytes. Other readers see an entry
// like any other; files without one are read.
const (
	checksumName   = "checksum"
	checksumPrefix = "crc64:"
	checksumDigits = 16
	noChecksum     = checksumPrefix + "0000000000000000"
)

var crcTable = crc64.MakeTable(crc64.ECMA)

func checksum(parts ...[]byte) string {
	sum := uint64(0)
	for _, p := range parts {
		sum = crc64.Update(sum, crcTable, p)
	}
	digits := strconv.FormatUint(sum, 16)
	return checksumPrefix + strings.Repeat("0", checksumDigits-len(digits)) + digits
}

var errChecksum = errors.New("the file is damaged: its checksum is another (a program that changes tensors or names should drop the entry `checksum` of the metadata)")

// verify compares a checksum, whose last digit stands before at in header, with
// the file. It leaves header as it was.
func verify(want string, header []byte, at int, data []byte) error {
	start := at - checksumDigits
	if !strings.HasPrefix(want, checksumPrefix) || len(want) != len(noChecksum) || start < 0 {
		return errChecksum
	}
	zeros := noChecksum[len(checksumPrefix):]
	if checksum(header[:start], []byte(zeros), header[at:], data) != want {
		return errChecksum
	}
	return nil
}
