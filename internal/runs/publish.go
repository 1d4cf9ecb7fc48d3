package runs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/progress"
)

// Publish makes the staged files the current run, in one step that readers see whole or not at all,
// and releases the lock. It completes the manifest with the digests of the files. After an error
// current is what it was, unless the error is of the very last fsync; call Abandon.
func (r *Run) Publish(ctx context.Context, m Manifest, show *progress.Display) error {
	if !r.out.held() {
		return failure.Errorf(failure.Internal, "run %s was published or abandoned before", r.id)
	}
	if err := m.check(); err != nil {
		return err
	}
	if err := r.sealAll(ctx, m, show.Count("hashing and publishing", progress.Bytes, progress.Unknown)); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := r.swap(); err != nil {
		return err
	}
	r.out.release()
	show.End()
	return nil
}

// Refuse keeps the staged files as OUT/refused/<id>, for its owner to look at, and releases the
// lock. current stays. Of the refused runs the last ten are kept. It returns the directory.
func (r *Run) Refuse(ctx context.Context, m Manifest, show *progress.Display) (string, error) {
	if !r.out.held() {
		return "", failure.Errorf(failure.Internal, "run %s was published or abandoned before", r.id)
	}
	if err := r.sealAll(ctx, m, show.Count("storing the refused run", progress.Bytes, progress.Unknown)); err != nil {
		return "", err
	}
	o, to := r.out, path.Join(refused, r.id)
	if err := o.files.Chmod(r.staged(), privateDir); err != nil {
		return "", o.failed("making private", r.staged(), err)
	}
	if err := o.makeDirectory(refused, privateDir); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", err
	}
	if err := o.files.Rename(r.staged(), to); err != nil {
		return "", o.failed("keeping", to, err)
	}
	for _, directory := range []string{refused, staging, "."} {
		if err := o.sync(directory); err != nil {
			return "", err
		}
	}
	if err := o.prune(); err != nil {
		return "", err
	}
	r.out.release()
	show.End()
	return o.name(to), nil
}

// prune removes all but the last ten refused runs.
func (o *output) prune() error {
	entries, err := o.files.ReadDir(refused)
	if err != nil {
		return o.failed("reading", refused, err)
	}
	ids := idsOf(entries)
	for _, id := range ids[:max(0, len(ids)-refusedKept)] {
		if err := o.files.RemoveAll(path.Join(refused, id)); err != nil {
			return o.failed("removing", path.Join(refused, id), err)
		}
	}
	return nil
}

// sealAll makes the staged files last, with a manifest that names each and its digest.
func (r *Run) sealAll(ctx context.Context, m Manifest, hashed *progress.Counter) error {
	if err := r.out.files.RemoveAll(path.Join(r.staged(), temporary)); err != nil {
		return r.out.failed("removing", path.Join(r.staged(), temporary), err)
	}
	outputs, directories, err := r.seal(ctx, "", hashed)
	if err != nil {
		return err
	}
	slices.SortFunc(outputs, func(a, b Output) int { return strings.Compare(a.Path, b.Path) })
	m.Outputs = outputs
	if err := r.writeManifest(m); err != nil {
		return err
	}
	for _, directory := range directories { // the innermost first
		if err := r.sealDirectory(directory); err != nil {
			return err
		}
	}
	return nil
}

// seal walks a staged directory: it hashes every file, sets its mode and makes it last. It returns
// the directories innermost first.
func (r *Run) seal(ctx context.Context, directory string, hashed *progress.Counter) (outputs []Output, directories []string, err error) {
	entries, err := r.out.files.ReadDir(path.Join(r.staged(), directory))
	if err != nil {
		return nil, nil, r.out.failed("reading", path.Join(r.staged(), directory), err)
	}
	for _, entry := range entries {
		name := path.Join(directory, entry.Name())
		switch {
		case entry.IsDir():
			inner, below, err := r.seal(ctx, name, hashed)
			if err != nil {
				return nil, nil, err
			}
			outputs, directories = append(outputs, inner...), append(directories, below...)
		case entry.Type().IsRegular() && name != manifestFile:
			output, err := r.sealFile(ctx, name, hashed)
			if err != nil {
				return nil, nil, err
			}
			outputs = append(outputs, output)
		default:
			return nil, nil, failure.Errorf(failure.Internal, "%s is not a file that a run can have", r.out.name(path.Join(r.staged(), name)))
		}
	}
	return outputs, append(directories, directory), nil
}

func (r *Run) sealFile(ctx context.Context, name string, hashed *progress.Counter) (Output, error) {
	staged := path.Join(r.staged(), name)
	f, err := r.out.files.Open(staged)
	if err != nil {
		return Output{}, r.out.failed("opening", staged, err)
	}
	defer f.Close()
	digest, size, err := digestOf(ctx, readerFunc(func(p []byte) (int, error) {
		n, err := f.Read(p)
		hashed.Add(int64(n))
		return n, err
	}))
	if err != nil {
		return Output{}, r.out.failed("reading", staged, err)
	}
	mode := fileMode
	if private(name) {
		mode = privateMode
	}
	if err := f.Chmod(mode); err != nil {
		return Output{}, r.out.failed("setting the mode of", staged, err)
	}
	if err := f.Sync(); err != nil {
		return Output{}, r.out.failed("syncing", staged, err)
	}
	return Output{Path: name, SHA256: digest, Bytes: size}, nil
}

func (r *Run) sealDirectory(name string) error {
	mode := directoryMode
	if private(name) {
		mode = privateDir
	}
	staged := path.Join(r.staged(), name)
	if err := r.out.files.Chmod(staged, mode); err != nil {
		return r.out.failed("setting the mode of", staged, err)
	}
	return r.out.sync(staged)
}

func (r *Run) writeManifest(m Manifest) error {
	text, err := m.encode()
	if err != nil {
		return err
	}
	name := path.Join(r.staged(), manifestFile)
	f, err := r.out.files.Create(name, fileMode)
	if err != nil {
		return r.out.failed("making", name, err)
	}
	defer f.Close()
	if _, err := f.Write(text); err != nil {
		return r.out.failed("writing", name, err)
	}
	if err := f.Chmod(fileMode); err != nil {
		return r.out.failed("setting the mode of", name, err)
	}
	if err := f.Sync(); err != nil {
		return r.out.failed("syncing", name, err)
	}
	if err := f.Close(); err != nil {
		return r.out.failed("closing", name, err)
	}
	return nil
}

// swap moves the sealed run to its place and makes it current. Each step is durable before the next
// one builds on it. The mark tells a later sweep which run in runs/ never became current.
func (r *Run) swap() error {
	o, mark := r.out, path.Join(staging, publishing+r.id)
	f, err := o.files.Create(mark, privateMode)
	if err != nil {
		return o.failed("making", mark, err)
	}
	if err := f.Close(); err != nil {
		return o.failed("closing", mark, err)
	}
	if err := o.sync(staging); err != nil {
		return err
	}
	if err := o.files.Rename(r.staged(), r.published()); err != nil {
		return o.failed("publishing", r.published(), err)
	}
	for _, directory := range []string{published, staging, "."} {
		if err := o.sync(directory); err != nil {
			return err
		}
	}
	if err := o.files.Symlink(r.published(), swap); err != nil {
		return o.failed("making", swap, err)
	}
	if err := o.files.Rename(swap, current); err != nil {
		return o.failed("replacing", current, err)
	}
	if err := o.sync("."); err != nil {
		return err
	}
	// The run is published. A mark that stays is swept by the next one.
	_ = o.files.Remove(mark)
	_ = o.sync(staging)
	return nil
}

// digestOf reads to the end, or until the context is done.
func digestOf(ctx context.Context, r io.Reader) (digest string, size int64, err error) {
	hash := sha256.New()
	size, err = io.Copy(hash, readerFunc(func(p []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		return r.Read(p)
	}))
	return hex.EncodeToString(hash.Sum(nil)), size, err
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
