package ingest

import (
	"bytes"
	"io"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// decode turns the text of a file into UTF-8, from the encoding that is declared. Where none is,
// the text has to be UTF-8 already. UTF-16 has to begin with its byte order mark: without it, either
// order of its bytes could be meant.
func (o *opened) decode(text io.Reader, encoding string) (io.Reader, error) {
	switch encoding {
	case "windows-1252":
		return transform.NewReader(text, charmap.Windows1252.NewDecoder()), nil
	case "iso-8859-1":
		return transform.NewReader(text, charmap.ISO8859_1.NewDecoder()), nil
	case "utf-16":
		mark := make([]byte, 2)
		if _, err := io.ReadFull(text, mark); err == io.EOF || err == io.ErrUnexpectedEOF {
			return nil, o.contentError("is empty and has no header")
		} else if err != nil {
			return nil, err
		}
		if string(mark) != "\xff\xfe" && string(mark) != "\xfe\xff" {
			return nil, o.contentError("is declared as UTF-16, and has no byte order mark\nhint: save it as UTF-16 with a mark or as UTF-8, or set the encoding that it has")
		}
		decoder := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
		return transform.NewReader(io.MultiReader(bytes.NewReader(mark), text), decoder), nil
	}
	return text, nil
}
