package checkpoint

// Load fills the given tensors from f. It fails with a *MismatchError unless
// f holds exactly these names, with these shapes and element types, and values
// in the sets of their objects; then nothing is changed.
func (f *File) Load(tensors []Tensor) error { return f.load(tensors, false) }

// LoadFinite is Load of parameters: they have to be numbers also where their
// object is all of R.
func (f *File) LoadFinite(tensors []Tensor) error { return f.load(tensors, true) }

func (f *File) load(tensors []Tensor, finite bool) error {
	if err := checkTensors(tensors); err != nil {
		return err
	}
	found, mismatch := f.compare(tensors)
	bytes := make([][]byte, len(tensors))
	for i := range tensors {
		if found[i] == nil {
			continue
		}
		var err error
		if bytes[i], err = found[i].bytes(); err != nil {
			return err
		}
	}
	for i := range tensors {
		if found[i] == nil {
			continue
		}
		if fault := tensors[i].outside(bytes[i], finite); fault != "" {
			mismatch.Faults = append(mismatch.Faults, fault)
		}
	}
	if len(mismatch.Faults) > 0 {
		return mismatch
	}
	for i := range tensors {
		tensors[i].fill(bytes[i])
	}
	return nil
}

// compare finds the file's entry for each tensor, nil where there is none that
// fits, and lists in what names, shapes and types differ.
func (f *File) compare(tensors []Tensor) (found []*entry, m *MismatchError) {
	m = &MismatchError{Holds: f.holds()}
	byName := make(map[string]*entry, len(f.entries))
	for i := range f.entries {
		byName[f.entries[i].name] = &f.entries[i]
	}
	wanted := make(map[string]bool, len(tensors))
	var absent []*Tensor
	for i := range tensors {
		t := &tensors[i]
		wanted[t.Name] = true
		if byName[t.Name] == nil {
			absent = append(absent, t)
		}
	}
	var others []*entry
	for i := range f.entries {
		if e := &f.entries[i]; !wanted[e.name] {
			others = append(others, e)
		}
	}
	renamed := findRenames(absent, others)
	found = make([]*entry, len(tensors))
	for i := range tensors {
		t := &tensors[i]
		e := byName[t.Name]
		if e == nil {
			m.Faults = append(m.Faults, missing(t, renamed.old[t.Name]))
			continue
		}
		if has, want := forms(e, t); has != want {
			m.Faults = append(m.Faults, t.title("")+": "+has+" in the file, "+want+" in the model")
			continue
		}
		found[i] = e
	}
	for _, e := range others {
		if !renamed.used[e] {
			m.Faults = append(m.Faults, e.name+": not part of this model")
		}
	}
	m.Renamed = renamed.mapping()
	return found, m
}

// maxVector bounds the lengths that Vector returns.
const maxVector = 1 << 20

// Vector returns the numbers of the one-dimensional F64 tensor name, or nil
// where there is none, or one that is longer than any row of data.
func (f *File) Vector(name string) []float64 {
	for _, e := range f.entries {
		if e.name == name && e.dtype == "F64" && len(e.shape) == 1 && e.shape[0] <= maxVector {
			b, err := e.bytes()
			if err != nil {
				return nil
			}
			t := Tensor{F64: make([]float64, e.shape[0])}
			t.fill(b)
			return t.F64
		}
	}
	return nil
}
