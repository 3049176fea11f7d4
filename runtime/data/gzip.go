package data

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"errors"
	"io"
	"strconv"
	"strings"
)

// unzipped returns what r holds, unzipped where its first bytes show gzip.
// Name stands for the file in messages.
func unzipped(name string, r io.Reader) (io.Reader, error) {
	raw := &counted{Reader: r}
	in := bufio.NewReaderSize(raw, 1<<16)
	magic, _ := in.Peek(2)
	if len(magic) == 2 && magic[0] == 0x1f && magic[1] == 0x8b {
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, &Fault{File: name, Message: "damaged gzip data: its header is not valid"}
		}
		return &zipped{Reader: z, raw: raw}, nil
	}
	if strings.HasSuffix(name, ".gz") && len(magic) > 0 {
		return nil, &Fault{File: name, Message: "not gzip data, although the name ends in .gz"}
	}
	return in, nil
}

// errCut tells the end of a file within gzip data from the end of what it
// holds.
var errCut = errors.New("the gzip data ends too early: the file is cut off")

// Data hardly ever compresses that well: files that inflate to more than this
// many times their size, and to more than a little, are made to fill memories.
const (
	maxInflation = 500
	smallFile    = 64 << 20
)

var errBomb = errors.New("the gzip data inflates to more than " + strconv.Itoa(maxInflation) + " times its size; unzip the file where that is meant")

// counted counts the bytes that it reads.
type counted struct {
	io.Reader
	n int64
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n += int64(n)
	return n, err
}

type zipped struct {
	*gzip.Reader
	raw *counted
	n   int64 // bytes inflated
}

func (z *zipped) Read(b []byte) (int, error) {
	n, err := z.Reader.Read(b)
	z.n += int64(n)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		err = errCut
	case z.n > smallFile && z.n/maxInflation > z.raw.n:
		return 0, errBomb
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
