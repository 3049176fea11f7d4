package data

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"errors"
	"io"
	"strings"
)

// unzipped returns what r holds, unzipped where its first bytes show gzip.
// Name stands for the file in messages.
func unzipped(name string, r io.Reader) (io.Reader, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	magic, _ := in.Peek(2)
	if len(magic) == 2 && magic[0] == 0x1f && magic[1] == 0x8b {
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, &Fault{File: name, Message: "damaged gzip data: its header is not valid"}
		}
		return zipped{z}, nil
	}
	if strings.HasSuffix(name, ".gz") && len(magic) > 0 {
		return nil, &Fault{File: name, Message: "not gzip data, although the name ends in .gz"}
	}
	return in, nil
}

// errCut tells the end of a file within gzip data from the end of what it
// holds.
var errCut = errors.New("the gzip data ends too early: the file is cut off")

type zipped struct{ *gzip.Reader }

func (z zipped) Read(b []byte) (int, error) {
	n, err := z.Reader.Read(b)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = errCut
	}
	return n, err
}

// readMessage puts an error of reading into words.
func readMessage(err error) string {
	var corrupt flate.CorruptInputError
	if errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) || errors.As(err, &corrupt) {
		return "damaged gzip data"
	}
	return openMessage(err)
}
