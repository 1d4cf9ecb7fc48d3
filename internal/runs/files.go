package runs

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// files is every operation on an output directory by which a run begins and is published. Names are
// relative to the directory, with slashes, and nothing leads out of it. Tests make the Nth
// operation fail.
type files interface {
	Lock(name string) (io.Closer, error) // errLocked when another process holds it
	Mkdir(name string, mode fs.FileMode) error
	Create(name string, mode fs.FileMode) (file, error) // a new file, never through a link
	Open(name string) (file, error)                     // a file or a directory
	Lstat(name string) (fs.FileInfo, error)
	ReadDir(name string) ([]fs.DirEntry, error) // in the order of names
	Readlink(name string) (string, error)
	Chmod(name string, mode fs.FileMode) error
	Symlink(target, name string) error
	Rename(from, to string) error
	Remove(name string) error
	RemoveAll(name string) error
	Close() error
}

type file interface {
	io.ReadWriteCloser
	Chmod(mode fs.FileMode) error
	Sync() error
}

// An opener opens an output directory, which it makes if it is missing.
type opener func(path string) (files, error)

// disk is the directory itself.
type disk struct{ *os.Root }

func openDisk(path string) (files, error) {
	if err := os.MkdirAll(path, directoryMode); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	return disk{root}, nil
}

func (d disk) Lock(name string) (io.Closer, error) {
	f, err := d.Root.OpenFile(name, os.O_RDWR|os.O_CREATE, privateMode)
	if err != nil {
		return nil, err
	}
	// The kernel releases the lock with the process, however it ends.
	if err := lock(f); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

func (d disk) Create(name string, mode fs.FileMode) (file, error) {
	return opened(d.Root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode))
}

func (d disk) Open(name string) (file, error) { return opened(d.Root.Open(name)) }

func (d disk) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(d.Root.FS(), name) }

// opened keeps a nil *os.File from becoming a file that is not nil.
func opened(f *os.File, err error) (file, error) {
	if err != nil {
		return nil, err
	}
	return f, nil
}

// cutPath splits the first element off a name.
func cutPath(name string) (first, rest string, found bool) {
	return strings.Cut(filepath.ToSlash(name), "/")
}
