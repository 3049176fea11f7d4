package diag

// Code identifies a kind of fault; it never changes meaning.
//
// Codes are grouped by their first two digits: 01 syntax, 02 names, 03
// composition, 04 carriers and shapes, 05 sets and constants, 06 parameters,
// 07 endos and gradients, 08 primitives and their equations, 09 data and
// training, 10 limits and what the language does not have. Each constant's
// comment holds the title, when the fault happens, and an example.
type Code string

// Syntax.
const (
	CT0101 Code = "CT0101" // unexpected word: the text does not continue as the grammar asks. Example: `object Logit R`
	CT0102 Code = "CT0102" // not text: the file is not UTF-8, or holds a NUL byte
	CT0103 Code = "CT0103" // unknown character: no part of the language begins with it. Example: `object A = R # input`
	CT0104 Code = "CT0104" // unfinished string: a quoted text does not end on its line, or holds an unknown escape. Example: `data d: A from csv "a.csv {`
	CT0105 Code = "CT0105" // bracket not closed: the declaration ends inside brackets. Example: `object A = R[3`
	CT0106 Code = "CT0106" // malformed number: a number has a form that the language does not read. Example: `dim N = 0x10`
	CT0107 Code = "CT0107" // not a declaration: what opens a declaration is none of its keywords. Example: `objekt A`
	CT0108 Code = "CT0108" // keyword as name: a word of the language stands where a name is expected. Example: `object data`
	CT0109 Code = "CT0109" // category misplaced: `category` is written twice or after a declaration
	CT0110 Code = "CT0110" // repeated part: a declaration has one of its parts twice. Example: two `kernel` lines
)

// Names.
const (
	CT0201 Code = "CT0201" // declared twice: two declarations have one name. Example: `object A` and `arrow A: B -> C`
	CT0202 Code = "CT0202" // reserved name: a name of the language or of generated code is declared anew. Example: `object R`
	CT0203 Code = "CT0203" // unknown name: nothing of that name is declared. Example: `arrow f: Imput -> B`
	CT0204 Code = "CT0204" // unknown standard arrow: std holds no arrow of that name. Example: `arrow f: A -> B = std.sigmoyd`
	CT0205 Code = "CT0205" // other kind of name: the name is declared as something else. Example: an object used as an arrow
	CT0206 Code = "CT0206" // repeated local: a local or input is bound twice or hides a declaration
	CT0207 Code = "CT0207" // cycle: a declaration is defined through itself. Example: `arrow f = f >> g`
	CT0208 Code = "CT0208" // clash in Go: two names would become one in the generated code. Example: `learning_rate` and `LearningRate`
	CT0209 Code = "CT0209" // method meets field: an arrow would be a method with the name of a field of its parameters
	CT0210 Code = "CT0210" // reserved method: a name is that of a method of every generated type. Example: field `string`
	CT0211 Code = "CT0211" // unusable category name: Go could not build a package of that name. Example: `category main`
	CT0212 Code = "CT0212" // name without capital: Go could not export the name
	CT0213 Code = "CT0213" // unknown override: a dim set from outside is not declared. Example: `--set Hiden=3`
	CT0214 Code = "CT0214" // repeated field: a record has two fields of one name. Example: `{ w: R, w: R }`
)

// Composition.
const (
	CT0301 Code = "CT0301" // no composition: what the first arrow gives is not what the second takes. Example: `affine >> decide`
	CT0302 Code = "CT0302" // other than declared: a body takes or gives other objects than its declaration says
	CT0303 Code = "CT0303" // open object: nothing says which object stands here. Example: `id >> id`
	CT0304 Code = "CT0304" // objects missing: a standard arrow over carriers stands without objects of its own. Example: `f >> std.relu`
	CT0305 Code = "CT0305" // tuple of unlike inputs: the arrows of (f, g) take different objects
	CT0306 Code = "CT0306" // sum of unlike objects, or of an object not closed under +
	CT0307 Code = "CT0307" // unknown field: the record has no such field, or what is projected is no record
	CT0308 Code = "CT0308" // wrong application: an arrow is applied to values that it does not take
	CT0309 Code = "CT0309" // unlike sides: the two sides of a law go between different objects or have different parameters
	CT0310 Code = "CT0310" // objects of the arrow missing: neither its line nor its body says between which objects it goes
	CT0311 Code = "CT0311" // map does not apply: its arrow or the object mapped over does not allow it
	CT0312 Code = "CT0312" // arrow and value confused: a value stands where an arrow is needed, or the other way round
	CT0313 Code = "CT0313" // hole: a term is still to be written. A specification with holes can be checked, not compiled. Example: `affine >> ? >> decide`
)

// Carriers and shapes.
const (
	CT0401 Code = "CT0401" // carrier does not fit: the objects' carriers do not match the scheme of the standard arrow
	CT0402 Code = "CT0402" // dimension out of range: a dimension is less than 1, or larger than any tensor. Example: `R[D - 8]` with D = 8
	CT0403 Code = "CT0403" // inexact quotient: a dimension divides with a remainder. Example: `R[7 / 2]`
	CT0404 Code = "CT0404" // not a dimension: something else stands where a dimension is needed. Example: `R[Weight]`
	CT0405 Code = "CT0405" // wrong brackets: a name takes other brackets than it is given. Example: `Fin` or `Bool[2]`
	CT0406 Code = "CT0406" // not an object: something else stands where an object is needed. Example: `object A = 3`
	CT0407 Code = "CT0407" // empty part: a field or factor would hold nothing. Example: `{ a: 1 }`
	CT0408 Code = "CT0408" // no tangent: the object has no directions, or tangent is taken of no object
)

// Sets and constants.
const (
	CT0501 Code = "CT0501" // outside the domain: the declared object may hold values that the standard arrow does not take
	CT0502 Code = "CT0502" // outside the codomain: the standard arrow may give values that the declared object does not hold
	CT0503 Code = "CT0503" // constant outside its set. Example: `sgd(rate: -1)`
	CT0504 Code = "CT0504" // set does not apply: the carrier cannot be refined by this set. Example: `Fin[3] in [0, 1]`
	CT0505 Code = "CT0505" // malformed set: its ends are out of order, closed at infinity, or an element repeats. Example: `[1, 0]`
	CT0506 Code = "CT0506" // not a constant: the value is not a number or the name of a dim
	CT0507 Code = "CT0507" // wider set: an object over another has a set that does not lie within the other's. Example: `object B = A in [0, 2]` with A in [0, 1]
	CT0508 Code = "CT0508" // number out of range: a constant is larger than compiled code can hold, or divided by zero. Example: `1e99`
)

// Parameters.
const (
	CT0601 Code = "CT0601" // repeated label: two parameters of a composite have one label. Example: `f >> f`
	CT0602 Code = "CT0602" // nothing to share: share merges repeated uses of an arrow, and none repeats
	CT0603 Code = "CT0603" // other parameters: the parameters gathered are not the ones declared
	CT0604 Code = "CT0604" // nothing is given: the arrow has no parameters or settings to bind
	CT0605 Code = "CT0605" // label without parameter: `as` labels a term that has no parameter, or several
	CT0606 Code = "CT0606" // parameters handed on wrongly: an arrow is given other parameters by name than it takes
	CT0607 Code = "CT0607" // parameters missing: a parametric arrow is declared without them, or with a product
	CT0608 Code = "CT0608" // wrong initialiser: it is unknown, or its arguments do not fit
	CT0609 Code = "CT0609" // initialiser does not apply: its values may leave the field's set, or the field holds no numbers
)

// Endos, gradients and settings.
const (
	CT0701 Code = "CT0701" // no endomorphism: the term does not give the state back. Example: `endo step on S = grad measure`
	CT0702 Code = "CT0702" // foreign parameter: a parameter inside an endo is not its state
	CT0703 Code = "CT0703" // gradient of no scalar: grad needs an arrow to one real number
	CT0704 Code = "CT0704" // gradient without parameters: nothing can be differentiated by
	CT0705 Code = "CT0705" // gradient of a gradient
	CT0706 Code = "CT0706" // unknown setting, or a setting given twice
	CT0707 Code = "CT0707" // open setting: a setting has no value, or is bound by an object that does not fit
	CT0708 Code = "CT0708" // endo in a composition: an endo acts on its state and does not compose
	CT0709 Code = "CT0709" // no reverse: a differentiated primitive has no `reverse` lines
)

// Primitives and their equations.
const (
	CT0801 Code = "CT0801" // unknown name in an equation: no tensor, setting, index or dimension of that name
	CT0802 Code = "CT0802" // wrong indices: a tensor is indexed by more, fewer or other dimensions than it has
	CT0803 Code = "CT0803" // unknown function, or wrong number of arguments
	CT0804 Code = "CT0804" // wrong target: the line defines something that is no output, intermediate or cotangent
	CT0805 Code = "CT0805" // missing line: an output or a cotangent is never defined
	CT0806 Code = "CT0806" // not kept: a reverse line reads what `keeps` does not name
	CT0807 Code = "CT0807" // free index: an index variable is bound neither by the target nor by a sum
	CT0808 Code = "CT0808" // defined twice, or read before its definition
	CT0809 Code = "CT0809" // wrong scheme: segments or dimensions of the signature cannot be solved
	CT0810 Code = "CT0810" // wrong `where`, `kink`, `each` or `kernel` line
)

// Data and training.
const (
	CT0901 Code = "CT0901" // unknown row or entry. Example: `epoch: 3`
	CT0902 Code = "CT0902" // row or entry twice
	CT0903 Code = "CT0903" // columns do not fit: their number is not that of the object. Example: `R[64]` from `columns 1..63`
	CT0904 Code = "CT0904" // row missing: a factor of the row is bound to no columns
	CT0905 Code = "CT0905" // wrong split: a part is zero or too large
	CT0906 Code = "CT0906" // unknown data format
	CT0907 Code = "CT0907" // train does not fit: step, data or metric do not go together
	CT0908 Code = "CT0908" // entry missing: train names no step or no data
	CT0909 Code = "CT0909" // wrong value of an entry. Example: `batch: 0`
	CT0910 Code = "CT0910" // unknown metric, or a metric of something it does not measure
	CT0911 Code = "CT0911" // row without shape: a row of data is no product of distinct, named objects of fixed size. Example: `data d: A * A from csv "a.csv" { … }`
	CT0912 Code = "CT0912" // preprocessing does not apply: the object is no measured quantity, or its set would be left. Example: `Digit: column 65 standardized`
	CT0913 Code = "CT0913" // files do not fit: csv binds columns and idx binds files, to all factors of a row alike. Example: `Image: columns 1..784` of `data digits: Image * Digit from idx "mnist" { … }`
)

// Limits, and what the language does not have.
const (
	CT1001 Code = "CT1001" // nested too deeply
	CT1002 Code = "CT1002" // file too large
	CT1003 Code = "CT1003" // declaration too large: it has more operators than any reader could follow
	CT1004 Code = "CT1004" // repeated too often: repeat[n] with a large n
	CT1005 Code = "CT1005" // functor without map: map over this functor is not in the language
	CT1006 Code = "CT1006" // generic declaration outside std
	CT1007 Code = "CT1007" // object too large: too many numbers, axes or parts
	CT1008 Code = "CT1008" // not in this version of the language
	CT1009 Code = "CT1009" // too many digits in a number
	CT1010 Code = "CT1010" // too many syntax errors: the rest of the file is not read
)
