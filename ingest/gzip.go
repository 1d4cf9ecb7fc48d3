package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"github.com/klauspost/compress/gzip"
)

// errTrailing says that a file goes on after the end of its compressed data. Zero bytes count too:
// they may be padding, or the part of a copy that never arrived.
var errTrailing = errors.New("data after the end of the compressed data")

// A gzipReader unpacks concatenated members, and nothing else: what follows the last one is an
// error of its own. The library would take it for the next member, and call it cut or damaged.
type gzipReader struct {
	packed *bufio.Reader
	member *gzip.Reader
}

func newGzipReader(packed *bufio.Reader) (*gzipReader, error) {
	member, err := gzip.NewReader(packed)
	if err != nil {
		return nil, err
	}
	member.Multistream(false)
	return &gzipReader{packed, member}, nil
}

func (g *gzipReader) Read(p []byte) (int, error) {
	for {
		n, err := g.member.Read(p)
		if err == io.EOF {
			err = g.next()
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
}

// next goes on to the next member, and returns io.EOF where there is none.
func (g *gzipReader) next() error {
	head, err := g.packed.Peek(len(gzipMagic))
	switch {
	case err != nil && err != io.EOF || len(head) == 0:
		return err
	case !bytes.Equal(head, gzipMagic):
		return errTrailing
	}
	if err := g.member.Reset(g.packed); err != nil {
		return err
	}
	g.member.Multistream(false)
	return nil
}
