package checkpoint

import (
	"strconv"
	"strings"
)

// MismatchError lists everything in which a file does not fit a model.
type MismatchError struct {
	// Holds is what the file says that it holds, "training fit of category
	// wdbc", or "".
	Holds  string
	Faults []string // "layer1.weight (Layer.weight): missing", …
	// Renamed are the lines of a mapping for `ctgen migrate`, "layer1 -> hidden",
	// as far as the names tell what has another name in the file.
	Renamed []string
}

// maxFaults is how many faults a message shows: a file of quite another model
// differs in everything.
const maxFaults = 20

func (e *MismatchError) Error() string {
	var b strings.Builder
	b.WriteString("the file does not fit this model")
	if e.Holds != "" {
		b.WriteString("; it holds " + e.Holds)
	}
	b.WriteString(":\n  " + e.List())
	if len(e.Renamed) > 0 {
		b.WriteString("\nwhere the spec has changed, `ctgen migrate` carries the model over, with a mapping such as\n  " + inLines(e.Renamed))
	}
	return b.String()
}

// List is the faults, each on a line; of very many the first.
func (e *MismatchError) List() string { return inLines(e.Faults) }

func inLines(list []string) string {
	if more := len(list) - maxFaults; more > 1 {
		return strings.Join(list[:maxFaults], "\n  ") + "\n  and " + strconv.Itoa(more) + " more"
	}
	return strings.Join(list, "\n  ")
}

// holds is what the metadata says that the file holds.
func (f *File) holds() string {
	category, train := f.Metadata["category"], f.Metadata["train"]
	switch {
	case category == "":
		return ""
	case train == "":
		return "a model of category " + category
	}
	return "training " + train + " of category " + category
}

// missing says of t that the file does not have it, but perhaps e in its place.
func missing(t *Tensor, e *entry) string {
	fault := t.title("") + ": missing"
	if e == nil {
		return fault
	}
	fault += "; the file has " + e.name
	if has, want := forms(e, t); has != want {
		fault += ", " + has + " where the model has " + want
	}
	return fault
}

// forms are what the file and the model have under one name, as a spec writes
// it: R[31], R[30]. They are equal where the file's fits.
func forms(e *entry, t *Tensor) (has, want string) {
	dtype, _ := t.dtype()
	if e.dtype != dtype && t.Size() > 0 {
		return strings.TrimSpace(e.dtype + " " + dims(e.shape)), strings.TrimSpace(dtype + " " + dims(t.Shape))
	}
	return carrier(dtype) + dims(e.shape), carrier(dtype) + dims(t.Shape)
}

func carrier(dtype string) string {
	switch dtype {
	case "I32":
		return "Fin"
	case "I64":
		return "Int"
	}
	return "R"
}

// dims is a shape behind a carrier: "" for a scalar.
func dims(shape []int) string {
	if len(shape) == 0 {
		return ""
	}
	return shapeText(shape)
}
