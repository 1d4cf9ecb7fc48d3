package ingest

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/klauspost/compress/zstd"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/progress"
)

// A format is how a file is written, by its name.
type format int

const (
	plainCSV format = iota
	gzipCSV
	zstdCSV
	plainJSON // JSON Lines: one object per line
	gzipJSON
	zstdJSON
	parquet
	selected // the answer of a SELECT over files
)

// formatOf reads the ending of a file's name. Nothing is guessed from the content.
func formatOf(name string) (format, error) {
	switch lower := strings.ToLower(name); {
	case strings.HasSuffix(lower, ".csv"):
		return plainCSV, nil
	case strings.HasSuffix(lower, ".csv.gz"):
		return gzipCSV, nil
	case strings.HasSuffix(lower, ".csv.zst"):
		return zstdCSV, nil
	case strings.HasSuffix(lower, ".parquet"):
		return parquet, nil
	case strings.HasSuffix(lower, ".jsonl"):
		return plainJSON, nil
	case strings.HasSuffix(lower, ".jsonl.gz"):
		return gzipJSON, nil
	case strings.HasSuffix(lower, ".jsonl.zst"):
		return zstdJSON, nil
	}
	return 0, failure.Errorf(failure.Contract, "%s: the name must end in .csv, .jsonl (both also with .gz or .zst) or .parquet", printable(name))
}

func (f format) isJSON() bool { return f == plainJSON || f == gzipJSON || f == zstdJSON }

// An opened file is a regular file that is being read: what is read of it is digested, and any
// change noticed.
type opened struct {
	name   string
	file   *os.File
	before fs.FileInfo
	digest hash.Hash
	bytes  int64

	counter *progress.Counter // of what is read
}

// openFile refuses what is not a regular file. A link to one is fine.
func openFile(name, path string) (*opened, error) {
	info, err := os.Stat(path)
	if err != nil {
		if link, linkErr := os.Lstat(path); linkErr == nil && link.Mode()&fs.ModeSymlink != 0 && errors.Is(err, fs.ErrNotExist) {
			return nil, failure.Errorf(failure.IO, "%s: is a link to a file that does not exist", printable(name))
		}
		return nil, readingFailed(name, err)
	}
	if !info.Mode().IsRegular() {
		return nil, failure.Errorf(failure.IO, "%s: is %s, not a file", printable(name), modeName(info.Mode()))
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, readingFailed(name, err)
	}
	before, err := file.Stat()
	if err == nil && !os.SameFile(info, before) {
		err = errors.New("it was replaced while it was opened")
	}
	if err != nil {
		return nil, errors.Join(readingFailed(name, err), file.Close())
	}
	if before.Size() == 0 {
		return nil, errors.Join(failure.Errorf(failure.Contract, "%s: is empty and has no header", printable(name)), file.Close())
	}
	return &opened{name: name, file: file, before: before, digest: sha256.New()}, nil
}

// readingFailed is the reason why a file could not be read, without its path.
func readingFailed(name string, err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = e.Err
	}
	return failure.Errorf(failure.IO, "%s: cannot be read: %w", printable(name), err)
}

func modeName(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "a directory"
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return "something else"
}

// Read reads the bytes of the file as they are, and digests them.
func (o *opened) Read(p []byte) (int, error) {
	n, err := o.file.Read(p)
	o.digest.Write(p[:n])
	o.bytes += int64(n)
	o.counter.Add(int64(n))
	if err != nil && err != io.EOF {
		err = readingFailed(o.name, err)
	}
	return n, err
}

// finish checks that the file was read to its end and did not change meanwhile.
func (o *opened) finish() error {
	after, err := o.file.Stat()
	if err != nil {
		return readingFailed(o.name, err)
	}
	if o.bytes != o.before.Size() || changed(o.before, after) {
		return changedError(o.name)
	}
	return nil
}

// orChanged returns err, unless the file changed while it was read: then that is why.
func (o *opened) orChanged(err error) error {
	if after, statErr := o.file.Stat(); statErr == nil && changed(o.before, after) {
		return changedError(o.name)
	}
	return err
}

func (o *opened) sum() string { return fmt.Sprintf("%x", o.digest.Sum(nil)) }

// openText opens the text of a file: unpacked, in UTF-8, without its byte order mark. stop ends the
// unpacking, and the file stays open.
func (o *opened) openText(f format, encoding string) (text io.Reader, stop func(), err error) {
	packed := bufio.NewReaderSize(o, 256<<10)
	stop = func() {}
	head, err := packed.Peek(4)
	if err != nil && err != io.EOF {
		return nil, stop, err
	}
	unpacked := io.Reader(packed)
	switch f {
	case gzipCSV, gzipJSON:
		if !bytes.HasPrefix(head, gzipMagic) {
			return nil, stop, o.contentError("its name says gzip, but its content is not gzip")
		}
		reader, err := newGzipReader(packed)
		if err != nil {
			return nil, stop, o.unpackingFailed(err)
		}
		unpacked = unpacking{reader, o}
	case zstdCSV, zstdJSON:
		if !bytes.HasPrefix(head, zstdMagic) && !(len(head) == 4 && head[0]&0xf0 == 0x50 && bytes.Equal(head[1:], zstdSkippable)) {
			return nil, stop, o.contentError("its name says zstd, but its content is not zstd")
		}
		reader, err := zstd.NewReader(packed, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxZstdWindow))
		if err != nil {
			return nil, stop, o.unpackingFailed(err)
		}
		unpacked, stop = unpacking{reader, o}, reader.Close
	}
	decoded, err := o.decode(unpacked, encoding)
	if err != nil {
		return nil, stop, err
	}
	plain := bufio.NewReaderSize(decoded, 64<<10)
	head, err = plain.Peek(8)
	if err != nil && err != io.EOF {
		return nil, stop, err
	}
	if problem := notText(head); problem != "" {
		return nil, stop, o.contentError(problem)
	}
	if bytes.HasPrefix(head, utf8Mark) {
		_, err = plain.Discard(len(utf8Mark))
		head = head[len(utf8Mark):]
	}
	if len(head) == 0 && !f.isJSON() {
		return nil, stop, o.contentError("is empty and has no header")
	}
	if err == io.EOF {
		err = nil
	}
	return plain, stop, err
}

// maxZstdWindow is what zstd --long asks for, and more than any file needs that was written without
// it.
const maxZstdWindow = 128 << 20

var (
	gzipMagic     = []byte{0x1f, 0x8b}
	zstdMagic     = []byte{0x28, 0xb5, 0x2f, 0xfd}
	zstdSkippable = []byte{0x2a, 0x4d, 0x18}
	utf8Mark      = []byte{0xef, 0xbb, 0xbf}
)

// notText recognises, by their first bytes, files that are named .csv and have another format.
func notText(head []byte) string {
	for _, known := range []struct{ magic, problem string }{
		{string(gzipMagic), "its content is gzip, but its name says CSV\nhint: name it .csv.gz"},
		{string(zstdMagic), "its content is zstd, but its name says CSV\nhint: name it .csv.zst"},
		{"PAR1", "its content is Parquet, but its name says CSV\nhint: name it .parquet"},
		{"PK\x03\x04", "its content is a zip file or an Excel workbook, but its name says CSV\nhint: save it as CSV"},
		{"\xd0\xcf\x11\xe0", "its content is an old Excel workbook, but its name says CSV\nhint: save it as CSV"},
		{"\xff\xfe", "is UTF-16\nhint: set encoding: utf-16"},
		{"\xfe\xff", "is UTF-16\nhint: set encoding: utf-16"},
	} {
		if bytes.HasPrefix(head, []byte(known.magic)) {
			return known.problem
		}
	}
	return ""
}

func (o *opened) contentError(problem string) error {
	return o.orChanged(failure.Errorf(failure.Contract, "%s: %s", printable(o.name), problem))
}

// unpackingFailed describes the error of a decompressor. An error of the disk is passed on; any
// other error means that the file is damaged.
func (o *opened) unpackingFailed(err error) error {
	if _, ok := errors.AsType[*failure.Error](err); ok {
		return err
	}
	if errors.Is(err, errTrailing) || errors.Is(err, zstd.ErrMagicMismatch) { // the first frame's was looked at already
		return o.contentError("has data after the end of its compressed data\nhint: unpack and pack the file again")
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return o.contentError("is cut short: its compressed data ends too early\nhint: copy the file again")
	}
	return o.contentError(fmt.Sprintf("is damaged: %v\nhint: copy the file again", err))
}

// An unpacking reader names the file in the errors of its decompressor.
type unpacking struct {
	from io.Reader
	file *opened
}

func (u unpacking) Read(p []byte) (int, error) {
	n, err := u.from.Read(p)
	if err != nil && err != io.EOF {
		err = u.file.unpackingFailed(err)
	}
	return n, err
}
