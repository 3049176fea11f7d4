package syntax

import "github.com/ctgen-lang/ctgen/dsl/diag"

// File is one parsed specification. Declarations with syntax errors are left
// out; what stands in Decls is sound.
type File struct {
	Source   *diag.Source
	Doc      []string // comment lines above `category`, without the slashes
	Category *Name    // nil where the line is absent
	Imports  []Import
	Decls    []Decl
	Comments []Comment // every comment, in order, for the printer
	Broken   []Name    // of the declarations left out: not unknown, only unreadable
	Nameless []Nameless
}

// Nameless is a declaration left out of which not even the name is there.
type Nameless struct {
	Keyword Name
	Fault   *diag.Diagnostic // what was reported of it
}

// Comment is one `//` comment with its text after the slashes.
type Comment struct {
	Span diag.Span
	Text string
}

// Import is `import "layers.cat" as l`. Path is between the specifications,
// with forward slashes.
type Import struct {
	Path Quoted
	As   *Name // nil: the name of the imported category
	Span diag.Span
}

// Name is an identifier as written. One that another specification declares
// is written behind that one's name: then Text holds both, with the dot and no
// space. A projection `x.field` in a term looks alike; which of the two it is
// follows from the imports.
type Name struct {
	Text string
	Span diag.Span
}

// Decl is one top-level declaration.
type Decl interface {
	DeclName() Name
	DeclSpan() diag.Span
}

// Head is what all declarations share: the doc comment (the `//` lines
// directly above, else the trailing comment), the name, and the whole span.
type Head struct {
	Doc  []string
	Name Name
	Span diag.Span
}

func (h *Head) DeclName() Name      { return h.Name }
func (h *Head) DeclSpan() diag.Span { return h.Span }

// DimDecl is `dim Hidden = 64`.
type DimDecl struct {
	Head
	Value Type
}

// ObjectDecl is `object Name = carrier in set`. Type is nil where the carrier
// defaults to R. Params are the type parameters of std's state objects
// (`object Adam[P] = …`).
type ObjectDecl struct {
	Head
	Params []Param
	Type   Type
	Set    *Set
}

// ArrowDecl is an `arrow` or `endo` declaration. Exactly one of Term, Named
// and Equations is set, or none for an arrow written by hand in Go. Hand is
// set beside Term where Go may stand in for it.
//
// The form `arrow f(x: A, y: B) -> C` sets Inputs; `arrow f: A * B -> C` sets
// Dom; `arrow f = …` sets neither and leaves Cod nil. A generic arrow has
// Params or Takes, and then any of these forms.
type ArrowDecl struct {
	Head
	Endo      bool
	Params    []Param // objects and dims that a generic arrow leaves open
	Takes     []Takes // arrows that a generic arrow is applied to
	Inputs    []Field
	HasInputs bool // distinguishes `f() -> C` from the other forms
	Dom, Cod  Type
	DomSet    *Set // `R[..s] in [0, 1] -> …`: sets written after the types
	CodSet    *Set // of a signature; Inputs carry theirs themselves
	On        Type // the state of an endo
	Given     *Given
	With      []SettingDecl
	Term      Term
	Named     *NamedBody
	Equations *Equations
	Hand      *Hand
}

// Generic reports whether d is a family of arrows, one for each choice of its
// parameters.
func (d *ArrowDecl) Generic() bool { return len(d.Params)+len(d.Takes) > 0 }

// Param is one entry of `[A, dim H]`: an object, or a dimension.
type Param struct {
	Name
	Dim bool
}

// Takes is one entry of `(f: A -> B)`: an arrow that a generic arrow is
// applied to.
type Takes struct {
	Name     Name
	Dom, Cod Type
}

// Hand is what surrounds the term in `= hand implements affine >> sigmoid
// within 1e-6`. Within is nil for the default; Exactly excludes Within.
type Hand struct {
	Span    diag.Span // of the whole, from `hand` on
	Within  *Const
	Exactly bool
}

// Given is `given Neuron` (Type) or `given (w: Weight, up: R[9])` (Fields).
type Given struct {
	Span   diag.Span
	Type   Type
	Fields []Field
}

// SettingDecl is one entry of `with (rate: R in (0, inf), l2: R = 0)`. Type
// is nil for a setting that is a dimension (`with (heads)`).
type SettingDecl struct {
	Name    Name
	Type    Type
	Set     *Set
	Default *Const
}

// Field is one entry of a record type or of a parameter list.
type Field struct {
	Name    Name
	Type    Type
	Set     *Set
	Init    *Init  // nil: the slot's own
	Running bool   // `running`: statistics that training moves on
	NoDecay bool   // `nodecay`
	Decay   bool   // `decay`: overrides a slot that says nodecay
	Factor  *Const // of `decay(2)`, else nil
}

// Init is `init normal(0.1)`.
type Init struct {
	Name Name
	Args []Const
	Span diag.Span
}

// LawDecl is `law odds: f = g within 1e-6`. Within is nil for the default;
// Exactly excludes Within.
type LawDecl struct {
	Head
	Left, Right Term
	Within      *Const
	Exactly     bool
}

// MonoidDecl is `monoid total on Loss = (zero, plus) within 1e-6`. Within is nil
// for the default; Exactly excludes Within.
type MonoidDecl struct {
	Head
	On             Type
	Unit, Multiply Term
	Within         *Const
	Exactly        bool
}

// DataDecl is `data scans: Image * Digit from csv "digits.csv.gz" { … }`.
type DataDecl struct {
	Head
	Type     Type
	Format   Name // csv, text, idx …
	Path     string
	PathSpan diag.Span
	Rows     []DataRow
}

// DataRow is one line of a data block: `Image: columns 1..64 scaled by 1/16`,
// `Image: file "train" test "t10k"`, `split: 80 / 20 stratified by Digit`, `header: skip`,
// `alphabet: "abc"`.
type DataRow struct {
	Key          Name
	Span         diag.Span
	Columns      bool // `column N` and `columns N..M` set First and Last, from 1
	First, Last  int
	Names        []ColumnNames // or `columns "a".."c", "f"`: by the header
	Classes      []*Quoted     // `classes "benign", "malignant"`
	OneHot       bool          // `one_hot "red", "green"`, in the place of `classes`
	ColumnSpan   diag.Span
	File, Test   *Quoted // `file "train" test "t10k"`; Test is nil without one
	Scale        *Const
	Standardized bool
	To           *ScaledTo // `scaled to [0, 1]`
	Split        []int     // percentages or parts, as written
	Stratify     *Name     // `split: 80 / 20 stratified by Digit`
	Text         *Quoted   // `alphabet: "abc"`
	Word         *Name     // `header: skip`
}

// ColumnNames is one column by its name in the header, or those from one to
// another; To is nil for one alone.
type ColumnNames struct{ From, To *Quoted }

// ScaledTo is a range to which columns are scaled.
type ScaledTo struct {
	Low, High Const
	Span      diag.Span
}

// Quoted is a text in quotation marks, without them.
type Quoted struct {
	Text string
	Span diag.Span
}

// TrainDecl is `train fit { step: step, on: scans, … }`.
type TrainDecl struct {
	Head
	Entries []TrainEntry
}

// TrainEntry is `epochs: 60` or `report: accuracy, auc`; a value `accuracy of
// predict` carries its arrow in Of.
type TrainEntry struct {
	Key    Name
	Values []TrainValue
}

// TrainValue is one value of an entry: a constant, or a name, with what stands
// behind it in parentheses, as in `top_k(3)`, and behind `of`.
type TrainValue struct {
	Const *Const
	Name  *Name
	Args  []Const
	Close diag.Span // of the parenthesis that ends Args
	Of    *Name
}

// Set is a refinement: an interval, a finite set of constants, or a named set
// such as simplex.
type Set struct {
	Span              diag.Span
	Name              *Name // simplex
	Finite            bool
	Elems             []Const // finite sets
	Low, High         Const   // intervals
	OpenLow, OpenHigh bool
}

// Const is a number, a quotient of two, `inf`, or the name of a dim, with an
// optional sign.
type Const struct {
	Span     diag.Span
	Negative bool
	Number   string // decimal text; "" where Name is set
	Over     string // the divisor's text, or ""
	Name     *Name  // a dim, or inf
}

// NamedBody is the named form: `{ r = f(x)  g(r) }`.
type NamedBody struct {
	Span   diag.Span
	Lets   []Let
	Result Term
}

// Let binds the components of a term's codomain to local names.
type Let struct {
	Names []Name
	Term  Term
}
