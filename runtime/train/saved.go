package train

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"strconv"

	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
	"github.com/ctgen-lang/ctgen/runtime/data"
)

// format names the layout of metadata and names in saved trainings.
const format = "ctgen 1"

var errUnfit = errors.New("is not a saved training of this program")

// saved is what a file tells about the training it was saved from.
type saved struct {
	at      cursor
	digest  string
	scalers []*data.Scaler
}

// microKey leads to how many rows a step takes at once, in the metadata of
// trainings that part their batches.
const microKey = "micro_batch"

// metadata describes the run at its current place.
func (r *run) metadata() map[string]string {
	l := r.loop
	real := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	m := map[string]string{
		"format":      format,
		"category":    r.program.Category,
		"train":       r.program.Name,
		"spec":        r.program.Spec,
		"data":        r.digest,
		"seed":        strconv.FormatUint(l.seed, 10),
		"batch":       strconv.Itoa(r.rowsAsked),
		"shuffle":     strconv.FormatBool(l.shuffle),
		"epoch":       strconv.Itoa(l.at.epoch),
		"step":        strconv.Itoa(l.at.step),
		"total_steps": strconv.FormatInt(l.at.total, 10),
		"loss":        real(l.at.loss),
		"loss_sum":    real(l.at.lossSum),
	}
	if r.program.MicroBatch > 0 {
		m[microKey] = strconv.Itoa(r.microAsked)
	}
	r.saveGiven(m)
	r.watcher.save(m)
	return m
}

// openLast opens the file to resume, or, where that is damaged, the one before
// it, which then is what the run resumes.
func (r *run) openLast() (*checkpoint.File, error) {
	f, fault, err := checkpoint.OpenLast(r.resume)
	if fault != nil {
		r.resume += checkpoint.Previous
		m := f.Metadata
		r.warning = fmt.Sprintf("%s\n*** going on from %s, saved after epoch %s, step %s", fault, r.resume, m["epoch"], m["step"])
	}
	return f, err
}

// openSaved reads what a file says of its training, and takes from it the
// settings that were not given. It refuses a file of another program, and
// settings that would make the resumed run another one.
func (r *run) openSaved(f *checkpoint.File) (*saved, error) {
	m := f.Metadata
	switch {
	case m["format"] != format:
		return nil, fmt.Errorf("%w: it may hold parameters, which --init reads", errUnfit)
	case m["category"] != r.program.Category || m["train"] != r.program.Name:
		return nil, fmt.Errorf("holds training %s of category %s, not %s of %s", m["train"], m["category"], r.program.Name, r.program.Category)
	case m["spec"] != r.program.Spec:
		return nil, fmt.Errorf("was saved from another version of the spec: its step, its state or its data have changed; start anew from its parameters with --init")
	}
	p := metadataReader{m: m}
	s := &saved{digest: m["data"]}
	s.at = cursor{
		epoch: int(p.whole("epoch", math.MaxInt32)), step: int(p.whole("step", math.MaxInt32)),
		total: int64(p.whole("total_steps", math.MaxInt64)), lossSum: p.real("loss_sum"), loss: p.real("loss"),
	}
	seed := p.whole("seed", math.MaxUint64)
	batch := int(p.whole("batch", math.MaxInt32))
	shuffle := p.yes("shuffle")
	micro, parted := 0, r.program.MicroBatch > 0 && m[microKey] != ""
	if parted {
		micro = int(p.whole(microKey, math.MaxInt32))
	}
	if p.err != nil {
		return nil, p.err
	}
	if parted {
		if err := settle("micro-batch", &r.micro, micro); err != nil {
			return nil, err
		}
	}
	if err := firstError(
		settle("seed", &r.seed, seed),
		settle("batch", &r.batch, batch),
		settle("shuffle", &r.shuffle, shuffle),
		r.resumeGiven(r.program, m)); err != nil {
		return nil, err
	}
	for i := range r.program.Data.Columns {
		if c := &r.program.Data.Columns[i]; c.Standardize {
			s.scalers = append(s.scalers, &data.Scaler{})
		}
	}
	if err := LoadScalers(f, &r.program.Data, s.scalers); err != nil {
		return nil, err
	}
	return s, nil
}

// settle takes the saved value of a setting, or refuses another given one.
func settle[T comparable](name string, given **T, saved T) error {
	if *given != nil && **given != saved {
		return fmt.Errorf("was trained with %s %v, not %v; resume without that option, or start anew from its parameters with --init", name, saved, **given)
	}
	*given = &saved
	return nil
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// metadataReader reads numbers and keeps the first failure.
type metadataReader struct {
	m   map[string]string
	err error
}

func (p *metadataReader) failed(key string, err error) {
	if err != nil && p.err == nil {
		p.err = fmt.Errorf("its metadata is damaged: %s is %q", key, p.m[key])
	}
}

func (p *metadataReader) whole(key string, most uint64) uint64 {
	n, err := strconv.ParseUint(p.m[key], 10, 64)
	if n > most {
		err = strconv.ErrRange
	}
	p.failed(key, err)
	return n
}

func (p *metadataReader) real(key string) float64 {
	v, err := strconv.ParseFloat(p.m[key], 64)
	p.failed(key, err)
	return v
}

func (p *metadataReader) yes(key string) bool {
	v, err := strconv.ParseBool(p.m[key])
	p.failed(key, err)
	return v
}

// digest tells two sets of preprocessed rows apart.
func digest(parts ...*data.Table) string {
	table := crc32.MakeTable(crc32.Castagnoli)
	sum := uint32(0)
	var block [4096]byte
	at := 0
	flush := func() {
		sum = crc32.Update(sum, table, block[:at])
		at = 0
	}
	put := func(v uint64) {
		if at == len(block) {
			flush()
		}
		binary.LittleEndian.PutUint64(block[at:], v)
		at += 8
	}
	for _, t := range parts {
		if t == nil {
			continue
		}
		put(uint64(t.Rows))
		for i := range t.Factors {
			v := &t.Factors[i]
			put(uint64(v.Width))
			if v.Starts != nil {
				for r := range t.Rows {
					row := v.Row(r)
					put(uint64(len(row)))
					for _, token := range row {
						put(math.Float64bits(float64(token)))
					}
				}
				continue
			}
			for k := range size(v) {
				put(math.Float64bits(number(v, k)))
			}
		}
	}
	flush()
	return strconv.FormatUint(uint64(sum), 16)
}
