package check

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

const dataObjects = `
object Image = R[4]
object Digit = Fin[10]
object Flag  = R in {0, 1}
object Share = R[2] in [0, 1]
object Seq   = List[Digit]
`

func data(head, rows string) string {
	return dataObjects + "data d: " + head + " {\n" + rows + "\n}\n"
}

func TestDataFaults(t *testing.T) {
	const csv = `Image * Digit from csv "a.csv"`
	runFaults(t, []fault{
		{"later format", data(`Image from npy "a.npy"`, ""), []string{"CT0906 npy"}},
		{"misspelt format", data(`Image from cvs "a.csv"`, "Image: columns 1..4"), []string{"CT0906 cvs"}},
		{"empty path", data(`Image from csv ""`, "Image: columns 1..4"), []string{`CT0915 ""`}},
		{"unknown object", data(`Imag * Digit from csv "a.csv"`, "Digit: column 5"), []string{"CT0203 Imag"}},
		{"anonymous factor", data(`R[4] * Digit from csv "a.csv"`, "Digit: column 5"), []string{"CT0911 R[4]"}},
		{"factor twice", data(`Digit * Digit from csv "a.csv"`, "Digit: column 5"), []string{"CT0911 Digit"}},
		{"no fixed width", data(`Image * Seq from csv "a.csv"`, "Image: columns 1..4"), []string{"CT0911 Seq"}},
		{"no fixed width inside", dataObjects + "object Box = { s: Seq, d: Image }\ndata d: Box * Digit from csv \"a.csv\" { }", []string{"CT0911 Box"}},
		{"nothing", data(`1 from csv "a.csv"`, "split: 1/1"), []string{"CT0911 1"}},
		{"abbreviated twice", dataObjects + "object Pair = Digit * Digit\ndata d: 1 * (Pair) from csv \"a.csv\" { Digit: column 1 }", []string{"CT0911 1 * (Pair)"}},
		{"infinite scale", data(csv, "Image: columns 1..4 scaled by inf\nDigit: column 5"), []string{"CT0909 inf"}},
		{"unbound", data(csv, "Image: columns 1..4"), []string{"CT0904 Digit"}},
		{"bound twice", data(csv, "Image: columns 1..4\nDigit: column 5\nDigit: column 6"), []string{"CT0902 Digit"}},
		{"unknown key", data(csv, "Image: columns 1..4\nDigit: column 5\nspilt: 80 / 20"), []string{"CT0901 spilt"}},
		{"no part of the row", data(csv, "Image: columns 1..4\nDigit: column 5\nFlag: column 6"), []string{"CT0901 Flag"}},
		{"too few columns", data(csv, "Image: columns 1..3\nDigit: column 5"), []string{"CT0903 columns 1..3"}},
		{"backwards", data(csv, "Image: columns 4..1\nDigit: column 5"), []string{"CT0903 columns 4..1"}},
		{"from zero", data(csv, "Image: columns 0..3\nDigit: column 5"), []string{"CT0903 columns 0..3"}},
		{"range backwards", data(csv, "Image: columns 1..4 scaled to [1, 0]\nDigit: column 5"), []string{"CT0909 scaled to [1, 0]"}},
		{"empty range", data(csv, "Image: columns 1..4 scaled to [1, 1]\nDigit: column 5"), []string{"CT0909 scaled to [1, 1]"}},
		{"open range", data(csv, "Image: columns 1..4 scaled to [0, inf]\nDigit: column 5"), []string{"CT0909 scaled to [0, inf]"}},
		{"unknown end", data(csv, "Image: columns 1..4 scaled to [0, N]\nDigit: column 5"), []string{"CT0203 N"}},
		{"range of a class", data(csv, "Image: columns 1..4\nDigit: column 5 scaled to [0, 1]"), []string{"CT0912 Digit: column 5 scaled to [0, 1]"}},
		{"range of a set", data(`Share from csv "a.csv"`, "Share: columns 1..2 scaled to [0, 1]"), []string{"CT0912 Share: columns 1..2 scaled to [0, 1]"}},
		{"scale zero", data(csv, "Image: columns 1..4 scaled by 0\nDigit: column 5"), []string{"CT0909 0"}},
		{"scaled class", data(csv, "Image: columns 1..4\nDigit: column 5 standardized"), []string{"CT0912 Digit: column 5 standardized"}},
		{"standardized share", data(`Share from csv "a.csv"`, "Share: columns 1..2 standardized"), []string{"CT0912 Share: columns 1..2 standardized"}},
		{"split of one", data(csv, "Image: columns 1..4\nDigit: column 5\nsplit: 80"), []string{"CT0905 split: 80"}},
		{"split of zero", data(csv, "Image: columns 1..4\nDigit: column 5\nsplit: 100 / 0"), []string{"CT0905 split: 100 / 0"}},
		{"split in four", data(csv, "Image: columns 1..4\nDigit: column 5\nsplit: 1/1/1/1"), []string{"CT0905 split: 1/1/1/1"}},
		{"no test", data(csv, "Image: columns 1..4\nDigit: column 5\nsplit: 80/20/0"), []string{"CT0905 split: 80/20/0"}},
		{"stratified by numbers", data(csv, "Image: columns 1..4\nDigit: column 5\nsplit: 80/20 stratified by Image"), []string{"CT0905 Image"}},
		{"stratified by another", data(csv, "Image: columns 1..4\nDigit: column 5\nsplit: 80/20 stratified by Digti"), []string{"CT0905 Digti"}},
		{"stratified by one of two", data(`Digit * Flag from csv "a.csv"`, "Digit: column 1\nFlag: column 2\nsplit: 80/20 stratified by Flga"), []string{"CT0905 Flga"}},
		{"nothing to stratify by", data(`Image from csv "a.csv"`, "Image: columns 1..4\nsplit: 80/20 stratified by Image"), []string{"CT0905 Image"}},
		{"split twice", data(csv, "Image: columns 1..4\nDigit: column 5\nsplit: 1/1\nsplit: 1/1"), []string{"CT0902 split"}},
		{"header", data(csv, "header: skpi\nImage: columns 1..4\nDigit: column 5"), []string{"CT0909 skpi"}},
		{"file in csv", data(csv, "Image: file \"a\"\nDigit: column 5"), []string{"CT0913 Image: file \"a\""}},
		{"independent", data(csv, "header: no\nImage: columns 1..3"), []string{"CT0904 Digit", "CT0909 no", "CT0903 columns 1..3"}},
	})
}

func TestColumnNameFaults(t *testing.T) {
	const csv = `Image * Digit from csv "a.csv"`
	image := func(columns string) string { return data(csv, "Image: columns "+columns+"\nDigit: column 5") }
	runFaults(t, []fault{
		{"too few", image(`"a", "b", "c"`), []string{`CT0903 columns "a", "b", "c"`}},
		{"too many", image(`"a", "b", "c", "d", "e"`), []string{`CT0903 columns "a", "b", "c", "d", "e"`}},
		{"too many with ranges", image(`"a".."b", "c".."d", "e"`), []string{`CT0903 columns "a".."b", "c".."d", "e"`}},
		{"twice", image(`"a", "b", "a", "c"`), []string{`CT0903 "a"`}},
		{"both ends", image(`"a".."a"`), []string{`CT0903 "a"`}},
		{"empty", image(`"a".."d", ""`), []string{`CT0903 ""`}},
		{"space", image(`"a".."d "`), []string{`CT0903 "d "`}},
		{"no header", data(csv, "Image: columns \"a\"..\"d\"\nDigit: column 5\nheader: none"), []string{"CT0920 header"}},
		{"header skipped", data(csv, "header: skip\nImage: columns 1..4\nDigit: column \"digit\""), []string{"CT0920 header"}},
	})
}

func TestClassFaults(t *testing.T) {
	of := func(object, row string) string { return data(object+` from csv "a.csv"`, row) }
	runFaults(t, []fault{
		{"no classes", of("Share", `Share: columns 1..2 classes "a", "b"`), []string{`CT0921 "a", "b"`}},
		{"any number", of("Image", `Image: columns 1..4 classes "a"`), []string{`CT0921 "a"`}},
		{"several parts", dataObjects + "object Two = { a: Flag, b: Flag }\ndata d: Two from csv \"a.csv\" { Two: columns 1..2 classes \"a\", \"b\" }", []string{`CT0921 "a", "b"`}},
		{"too few", of("Digit", `Digit: column 1 classes "a", "b"`), []string{`CT0921 "a", "b"`}},
		{"too many", of("Flag", `Flag: column 1 classes "a", "b", "c"`), []string{`CT0921 "a", "b", "c"`}},
		{"twice", of("Flag", `Flag: column 1 classes "a", "a"`), []string{`CT0921 "a"`}},
		{"empty", of("Flag", `Flag: column 1 classes "a", ""`), []string{`CT0921 ""`}},
		{"space", of("Flag", `Flag: column 1 classes " a", "b"`), []string{`CT0921 " a"`}},
		{"scaled", of("Flag", `Flag: column 1 classes "a", "b" scaled by 2`), []string{`CT0912 Flag: column 1 classes "a", "b" scaled by 2`}},
		{"one_hot of a number", of("Flag", `Flag: column 1 one_hot "a", "b"`), []string{`CT0921 "a", "b"`}},
		{"one_hot of too many", of("Share", `Share: column 1 one_hot "a", "b", "c"`), []string{`CT0921 "a", "b", "c"`}},
		{"one_hot of two columns", of("Share", `Share: columns 1..2 one_hot "a", "b"`), []string{"CT0903 columns 1..2"}},
		{"one_hot of a range", of("Share", `Share: columns "x".."y" one_hot "a", "b"`), []string{`CT0903 columns "x".."y"`}},
		{"one_hot twice", of("Share", `Share: column 1 one_hot "a", "a"`), []string{`CT0921 "a"`}},
		{"one_hot standardized", of("Image", `Image: column 1 one_hot "a", "b", "c", "d" standardized`), []string{`CT0912 Image: column 1 one_hot "a", "b", "c", "d" standardized`}},
		{"in files", data(`Flag from idx "a"`, `Flag: column 1 classes "a", "b"`), []string{"CT0913 column 1"}},
	})
}

func TestNames(t *testing.T) {
	d := mustCheck(t, dataObjects+`object Ready = Bool
data d: Image * Flag * Ready from csv "a.csv" {
    header: names
    Image: columns "a b".."d", "say \"e\"" standardized
    Flag:  column "flag" classes "no", "yes"
    Ready: column 7 classes "-", "+"
}`).Data[0]
	require.Equal(t, []category.ColumnNames{{From: "a b", To: "d"}, {From: `say "e"`, To: `say "e"`}}, d.Columns[0].Names)
	require.True(t, d.Columns[0].Standardized)
	require.Equal(t, []string{"no", "yes"}, d.Columns[1].Classes)
	require.Equal(t, []string{"-", "+"}, d.Columns[2].Classes)
	require.Equal(t, 7, d.Columns[2].First)

	d = mustCheck(t, data(`Share * Image from csv "a.csv"`, "Share: column \"kind\" one_hot \"a\", \"b\"\nImage: column 2 one_hot \"a\", \"b\", \"c\", \"d\"")).Data[0]
	require.True(t, d.Columns[0].OneHot)
	require.Equal(t, []string{"a", "b"}, d.Columns[0].Classes)

	d = mustCheck(t, data(`Image from csv "a.csv"`, "Image: columns 1..4 scaled to [-1, 1/2]")).Data[0]
	require.Equal(t, [2]float64{-1, 0.5}, d.Columns[0].Range)
	require.True(t, d.Columns[0].Fitted())
}

func TestFileFaults(t *testing.T) {
	const idx = `Image * Digit from idx "a"`
	rows := func(rows string) string { return data(idx, rows) }
	runFaults(t, []fault{
		{"empty folder", data(`Image from idx ""`, "Image: file \"i\""), []string{`CT0915 ""`}},
		{"columns", rows("Image: columns 1..4\nDigit: file \"d\""), []string{"CT0913 columns 1..4"}},
		{"word", rows("Image: names\nDigit: file \"d\""), []string{"CT0913 Image: names"}},
		{"unbound", rows("Image: file \"i\""), []string{"CT0904 Digit"}},
		{"bound twice", rows("Image: file \"i\"\nDigit: file \"d\"\nDigit: file \"e\""), []string{"CT0902 Digit"}},
		{"header", rows("header: skip\nImage: file \"i\"\nDigit: file \"d\""), []string{"CT0901 header"}},
		{"empty file", rows("Image: file \"\"\nDigit: file \"d\""), []string{`CT0915 ""`}},
		{"absolute", rows("Image: file \"/i\" test \"t\"\nDigit: file \"d\" test \"c:/d\""), []string{`CT0915 "/i"`, `CT0915 "c:/d"`}},
		{"outside", rows("Image: file \"../i\"\nDigit: file \".\""), []string{`CT0915 "../i"`, `CT0915 "."`}},
		{"one test file", rows("Image: file \"i\" test \"ti\"\nDigit: file \"d\""), []string{`CT0916 Digit: file "d"`}},
		{"test files and split", rows("split: 1/1\nImage: file \"i\" test \"ti\"\nDigit: file \"d\" test \"td\""), []string{"CT0916 split"}},
		{"scaled class", rows("Image: file \"i\"\nDigit: file \"d\" scaled by 2"), []string{`CT0912 Digit: file "d" scaled by 2`}},
		{"scale zero", rows("Image: file \"i\" test \"t\" scaled by 0\nDigit: file \"d\" test \"u\""), []string{"CT0909 0"}},
		{"record", dataObjects + "object Box = { a: Image, b: Image }\ndata d: Box from idx \"a\" { Box: file \"b\" }", []string{"CT0911 Box"}},
		{"text", dataObjects + "object Word = Text\ndata d: Word from idx \"a\" { Word: file \"w\" }", []string{"CT0911 Word"}},
	})
}

func TestFiles(t *testing.T) {
	d := mustCheck(t, data(`Image * Digit * Flag from idx "a"`,
		"Flag: file \"sub/f\" test \"f2\"\nDigit: file \"d\" test \"d2\"\nImage: file \"i\" test \"i2\" scaled by 1/255")).Data[0]
	require.Equal(t, "idx", d.Format)
	require.Equal(t, "a", d.Path)
	require.Equal(t, [2]int{1, 0}, d.Split)
	require.Equal(t, 1.0/255, d.Columns[0].Scale)
	require.Equal(t, []string{"i", "i2", "sub/f", "f2"}, []string{d.Columns[0].File, d.Columns[0].Test, d.Columns[2].File, d.Columns[2].Test})

	d = mustCheck(t, dataObjects+`object Sheet = Image ^ 3
data d: Sheet from idx "." { Sheet: file "s.gz" standardized split: 5 / 1 }`).Data[0]
	require.Equal(t, [2]int{5, 1}, d.Split)
	require.Empty(t, d.Columns[0].Test)
	require.True(t, d.Columns[0].Standardized)
}

func TestData(t *testing.T) {
	cat := mustCheck(t, data(`Image * Digit * Flag from csv "a.csv"`,
		"header: skip\nFlag: column 6\nDigit: column 5\nImage: columns 1..4 scaled by 1/16\nsplit: 80 / 20"))
	d := cat.Data[0]
	require.Equal(t, "csv", d.Format)
	require.Equal(t, "a.csv", d.Path)
	require.Equal(t, [2]int{80, 20}, d.Split)
	require.Equal(t, "skip", d.Header)
	require.Len(t, d.Columns, 3)
	require.Equal(t, "Image", d.Columns[0].Object.String())
	require.Equal(t, 1.0/16, d.Columns[0].Scale)
	require.Equal(t, []int{6, 6}, []int{d.Columns[2].First, d.Columns[2].Last})

	d = mustCheck(t, data(`Image from csv "a.csv"`, "Image: columns 1..4 standardized")).Data[0]
	require.Equal(t, [2]int{1, 0}, d.Split)
	require.True(t, d.Columns[0].Standardized)

	for _, object := range []string{"Digit", "Flag", "Truth", "Other"} {
		d = mustCheck(t, "object Truth = Bool\nobject Other = Flag\n"+data("Image * "+object+` from csv "a.csv"`,
			"Image: columns 1..4\nsplit: 70 / 20 / 10 stratified by "+object+"\n"+object+": column 5")).Data[0]
		require.Equal(t, [2]int{70, 20}, d.Split)
		require.Equal(t, 10, d.TestPart)
		require.Equal(t, object, d.Stratify.String())
	}
}

const textObjects = `
dim T = 8
object Token     = Fin[256]
object Context   = Token ^ T
object Following = Token ^ T
object Letter    = Fin[3]
object Word      = Letter ^ T
object Image     = R[4]
object Two       = { a: Token, b: Token }
object Many      = List[Image]
object Tokens    = List[Token]
`

func textData(head, rows string) string {
	return textObjects + "data d: " + head + " from text \"a.txt\" {\n" + rows + "\n}\n"
}

func TestTextFaults(t *testing.T) {
	const bytes = "Context * Following"
	runFaults(t, []fault{
		{"empty path", textObjects + `data d: Token from text "" { }`, []string{`CT0915 ""`}},
		{"nothing", textData("1", ""), []string{"CT0911 1"}},
		{"numbers", textData("Context * Image", ""), []string{"CT0911 Image"}},
		{"several sequences", textData("Two", ""), []string{"CT0911 Two"}},
		{"a list of numbers", textData("Many", ""), []string{"CT0911 Many"}},
		{"two alphabets", textData("Context * Letter", ""), []string{"CT0917 Letter"}},
		{"bytes in a small alphabet", textData("Letter * Letter", ""), []string{"CT0917 Letter * Letter"}},
		{"bytes without a name", textData("Fin[2]", ""), []string{"CT0917 Fin[2]"}},
		{"large alphabet", textData("Word", `alphabet: "abcd"`), []string{`CT0917 "abcd"`}},
		{"empty alphabet", textData("Word", `alphabet: ""`), []string{`CT0917 ""`}},
		{"character twice", textData("Word", `alphabet: "aba"`), []string{`CT0917 "aba"`}},
		{"alphabet twice", textData("Word", "alphabet: \"abc\"\nalphabet: \"abc\""), []string{"CT0902 alphabet"}},
		{"alphabet of names", textData("Word", "alphabet: letters"), []string{"CT0909 alphabet: letters"}},
		{"immense alphabet", "object Char = Fin[65537]\ndata d: Char from text \"a\" { alphabet: \"" + manyRunes(65537) + "\" }", []string{`CT0917 "` + manyRunes(65537) + `"`}},
		{"replacement character", textData("Word", "alphabet: \"ab\uFFFD\""), []string{"CT0917 \"ab\uFFFD\""}},
		{"other of bytes", textData(bytes, `other: "?"`), []string{`CT0909 other: "?"`}},
		{"other outside", textData("Word", `alphabet: "abc" other: "?"`), []string{`CT0909 other: "?"`}},
		{"two others", textData("Word", `alphabet: "abc" other: "ab"`), []string{`CT0909 other: "ab"`}},
		{"no other", textData("Word", `alphabet: "abc" other: a`), []string{`CT0909 other: a`}},
		{"other of a large alphabet", textData("Word", `alphabet: "abcd" other: "d"`), []string{`CT0917 "abcd"`}},
		{"stride zero", textData(bytes, "stride: 0"), []string{"CT0909 stride: 0"}},
		{"stride of two", textData(bytes, "stride: 1 / 2"), []string{"CT0909 stride: 1 / 2"}},
		{"unknown stride", textData(bytes, "stride: S"), []string{"CT0203 S"}},
		{"split", textData(bytes, "split: 90"), []string{"CT0905 split: 90"}},
		{"split in three", textData(bytes, "split: 80 / 10 / 10"), []string{"CT0905 split: 80 / 10 / 10"}},
		{"stratified", textData(bytes, "split: 80 / 20 stratified by Token"), []string{"CT0905 split: 80 / 20 stratified by Token"}},
		{"header", textData(bytes, "header: none"), []string{"CT0901 header"}},
		{"misspelt", textData(bytes, "strid: 1"), []string{"CT0901 strid"}},
		{"a list beside another", textData("Token * Tokens", ""), []string{"CT0911 Tokens"}},
		{"a list of stretches", textData("List[Context]", ""), []string{"CT0911 List[Context]"}},
		{"a list of lists", textData("List[Tokens]", ""), []string{"CT0911 List[Tokens]"}},
		{"lists of no length", textData("Tokens", "rows: 0"), []string{"CT0909 rows: 0"}},
		{"lists of two lengths", textData("Tokens", "rows: 1 / 2"), []string{"CT0909 rows: 1 / 2"}},
		{"lists of an unknown length", textData("Tokens", "rows: L"), []string{"CT0203 L"}},
		{"rows in quotation marks", textData("Tokens", `rows: "lines"`), []string{`CT0909 rows: "lines"`}},
		{"lines apart", textData("Tokens", "rows: lines stride: 2"), []string{"CT0909 stride: 2"}},
		{"whole texts apart", textData("Tokens", "stride: 2"), []string{"CT0909 stride: 2"}},
		{"ends of lines as tokens", textData("List[Letter]", "alphabet: \"ab\\n\" rows: lines"), []string{"CT0917 \"ab\\n\""}},
		{"rows that are no lists", textData(bytes, "rows: lines"), []string{"CT0909 rows: lines"}},
		{"another object", textData(bytes, "Token: column 1"), []string{"CT0901 Token"}},
		{"columns", textData(bytes, "Context: columns 1..8"), []string{"CT0913 Context: columns 1..8"}},
		{"independent", textData("Word", "alphabet: \"ab\"\nother: \"c\"\nstride: 0\nsplit: 1"),
			[]string{"CT0917 \"ab\"", "CT0909 other: \"c\"", "CT0909 stride: 0", "CT0905 split: 1"}},
	})
}

// manyRunes is n different characters.
func manyRunes(n int) string {
	var b strings.Builder
	for c := rune(0x10000); n > 0; c++ {
		b.WriteRune(c)
		n--
	}
	return b.String()
}

// Rows lie as far apart as what is predicted is long, unless the spec says
// otherwise.
func TestText(t *testing.T) {
	for _, c := range []struct {
		head, rows string
		want       category.TextForm
	}{
		{"Context * Following", "split: 90 / 10", category.TextForm{Stride: 8}},
		{"Context * Following", "stride: 1", category.TextForm{Stride: 1}},
		{"Context * Following", "stride: T", category.TextForm{Stride: 8}},
		{"Token * Token", "", category.TextForm{Stride: 1}},
		{"Context * Token", "", category.TextForm{Stride: 1}},
		{"Fin[256] ^ 4", "", category.TextForm{Stride: 4}},
		{"Word * Letter", `alphabet: "a\n\\" other: "a"`, category.TextForm{Alphabet: "a\n\\", Other: "a", Stride: 1}},
		{"List[Token]", "", category.TextForm{Rows: "whole"}},
		{"Tokens", "rows: whole split: 90 / 10", category.TextForm{Rows: "whole"}},
		{"Tokens", "rows: lines", category.TextForm{Rows: "lines"}},
		{"Tokens", "rows: 64", category.TextForm{Length: 64, Stride: 64}},
		{"Tokens", "rows: T stride: 4", category.TextForm{Length: 8, Stride: 4}},
		{"List[Letter]", `alphabet: "abc" rows: lines`, category.TextForm{Alphabet: "abc", Rows: "lines"}},
		{"Letter", `alphabet: "äöü"`, category.TextForm{Alphabet: "äöü", Stride: 1}},
	} {
		d := mustCheck(t, textData(c.head, c.rows)).Data[0]
		require.Equal(t, &c.want, d.Text, "%s { %s }", c.head, c.rows)
		require.Len(t, d.Columns, len(d.Type.Factors()))
	}
	d := mustCheck(t, textData("Context * Following", "split: 90 / 10")).Data[0]
	require.Equal(t, [2]int{90, 10}, d.Split)
	require.Equal(t, []string{"Context", "Following"}, []string{d.Columns[0].Object.String(), d.Columns[1].Object.String()})
}
