package browsertest

import (
	"bytes"
	"flag"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// make pictures gives it.
var pictures = flag.String("pictures", "", "the directory into which TestPublished/pictures draws the pictures of the docs")

const (
	picturesPage = repository + "/docs/pictures.md"
	mostBytes    = 250 << 10
)

// The pictures of the terminal are what the commands of docs/pictures.md print, letter by letter;
// TestCommandsOfTheDocsRun runs the same commands. With -pictures, all pictures are drawn.
func (p place) pictures(t *testing.T, sessions []session) {
	drawn := 0
	for _, s := range sessions {
		if s.picture == "" {
			continue
		}
		drawn++
		picture := terminal(t, "What the commands above print", s.lines)
		if *pictures != "" {
			write(t, filepath.Join(*pictures, s.picture), []byte(picture))
			continue
		}
		kept, err := os.ReadFile(filepath.Join(filepath.Dir(picturesPage), "pictures", s.picture))
		if err != nil || string(kept) != picture {
			t.Errorf("docs/pictures/%s is not what the commands of docs/pictures.md print now (%v): run make pictures", s.picture, err)
		}
	}
	if drawn == 0 {
		t.Errorf("%s has no picture of the terminal", picturesPage)
	}
	if *pictures != "" {
		drawPage(t, filepath.Join(p.directory, exportRun, "report.html"))
		drawWorkbook(t, filepath.Join(p.directory, exportRun, "report.xlsx"))
	}
}

// Every picture is shown by a page, and is small enough to be read over a slow line.
func TestPicturesAreUsed(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join(repository, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	var shown bytes.Buffer
	for _, page := range append(pages, filepath.Join(repository, "README.md")) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		shown.Write(text)
	}
	kept, err := filepath.Glob(filepath.Join(repository, "docs", "pictures", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range kept {
		if !strings.Contains(shown.String(), "pictures/"+filepath.Base(name)+")") {
			t.Errorf("no page shows %s", name)
		}
		if file, err := os.Stat(name); err != nil || file.Size() > mostBytes {
			t.Errorf("%s has %d bytes, more than %d: %v", name, file.Size(), mostBytes, err)
		}
	}
	if len(kept) < 4 {
		t.Errorf("only %d pictures were found", len(kept))
	}
}

func drawPage(t *testing.T, page string) {
	b := startBrowser(t)
	write(t, filepath.Join(*pictures, "page.png"), packed(t, b.open(t, page, wide).picture(1280, 1400)))
	write(t, filepath.Join(*pictures, "page_phone.png"), packed(t, b.open(t, page, phone).picture(390, 1400)))
}

// drawWorkbook draws the first sheets of the workbook as LibreOffice prints them.
func drawWorkbook(t *testing.T, workbook string) {
	office, draw := installed(t, "soffice", "libreoffice"), installed(t, "pdftoppm")
	directory := t.TempDir()
	for _, c := range []*exec.Cmd{
		exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+directory, "--headless", "--convert-to", "pdf", "--outdir", directory, workbook),
		exec.CommandContext(t.Context(), draw, "-png", "-r", "80", "-f", "1", "-l", "1", "-singlefile", filepath.Join(directory, "report.pdf"), filepath.Join(directory, "sheet")),
	} {
		if output, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", c, err, output)
		}
	}
	sheet, err := os.ReadFile(filepath.Join(directory, "sheet.png"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(*pictures, "workbook.png"), packed(t, sheet))
}

// packed is the same picture in fewer bytes.
func packed(t *testing.T, picture []byte) []byte {
	t.Helper()
	decoded, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, decoded); err != nil {
		t.Fatal(err)
	}
	return slices.Clone(out.Bytes())
}

func write(t *testing.T, name string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, content, 0o644); err != nil {
		t.Fatal(err)
	}
}
