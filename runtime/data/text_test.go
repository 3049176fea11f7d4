package data

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// bytesOf is a spec of rows of text: a context of width tokens and what follows
// at each of them.
func bytesOf(width, stride int, split ...int) *Spec {
	s := &Spec{Name: "corpus", Format: "text", Stride: stride, Columns: []Column{
		{Object: "Context", Kind: Fin, N: 256, Shape: []int{width}},
		{Object: "Following", Kind: Fin, N: 256, Shape: []int{width}},
	}}
	copy(s.Split[:], split)
	return s
}

func letters(stride int) *Spec {
	return &Spec{Name: "corpus", Format: "text", Stride: stride, Alphabet: "abc\n ", Columns: []Column{
		{Object: "Letter", Kind: Fin, N: 5}, {Object: "Next", Kind: Fin, N: 5}}}
}

// rowsOf writes the factors of each row of t as text.
func rowsOf(t *Table) []string {
	b := t.NewBatch(1)
	var out []string
	for r := range t.Rows {
		b.Gather(t, []int{r})
		var parts []string
		for _, f := range b.Factors {
			s := ""
			for _, c := range f.Fin {
				s += string(rune(c))
			}
			parts = append(parts, s)
		}
		out = append(out, strings.Join(parts, ">"))
	}
	return out
}

func TestTextRows(t *testing.T) {
	wide := func(widths ...int) *Spec {
		s := &Spec{Name: "corpus", Format: "text", Stride: 1}
		for _, w := range widths {
			s.Columns = append(s.Columns, Column{Object: "Part", Kind: Fin, N: 256, Shape: []int{w}})
		}
		return s
	}
	for _, c := range []struct {
		name string
		spec *Spec
		text string
		want []string
	}{
		{"next at each place", bytesOf(3, 3), "abcdefgh", []string{"abc>bcd", "def>efg"}},
		{"every window", bytesOf(3, 1), "abcdef", []string{"abc>bcd", "bcd>cde", "cde>def"}},
		{"rows apart", bytesOf(2, 4), "abcdefgh", []string{"ab>bc", "ef>fg"}},
		{"as short as it may be", bytesOf(3, 3), "abcd", []string{"abc>bcd"}},
		{"pairs", wide(1, 1), "abcd", []string{"a>b", "b>c", "c>d"}},
		{"next after a context", wide(3, 1), "abcde", []string{"abc>d", "bcd>e"}},
		{"three in a row", wide(1, 1, 1), "abcd", []string{"a>b>c", "b>c>d"}},
		{"context alone", wide(2), "abc", []string{"ab", "bc"}},
		{"longer behind shorter", wide(1, 3), "abcd", []string{"b>abc", "c>bcd"}},
		{"bytes as they are", wide(1), "\ufeffä\r\n", []string{"ï", "»", "¿", "Ã", "¤", "\r", "\n"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			table, err := ReadFrom(c.spec, "a.txt", strings.NewReader(c.text))
			require.NoError(t, err)
			require.Equal(t, c.want, rowsOf(table))

			// Gathered, viewed and taken rows are the same; the text stays as it is.
			all := table.Batch()
			b := table.NewBatch(table.Rows)
			b.Gather(table, ascending(0, table.Rows))
			require.Equal(t, all.Factors, b.Factors)
			require.Equal(t, c.want, rowsOf(table.Take(ascending(0, table.Rows))))
			last := table.Rows - 1
			require.Equal(t, []string{c.want[last], c.want[0]}, rowsOf(table.Take([]int{last, 0})))
			require.Equal(t, c.want[last:], rowsOf(table.Range(last, table.Rows)))
			require.Equal(t, c.want, rowsOf(table))
		})
	}
}

// Rows read one slice of tokens: a text in a million rows costs no more than
// the text, and gathering some of them allocates nothing.
func TestTextIsNotCopied(t *testing.T) {
	table, err := ReadFrom(bytesOf(64, 1, 9, 1), "a.txt", strings.NewReader(strings.Repeat("abcdefghij", 1000)))
	require.NoError(t, err)
	require.Equal(t, &table.Factors[0].Fin[1], &table.Factors[1].Fin[0])
	train, held, _, err := table.Split(bytesOf(64, 1, 9, 1), 1)
	require.NoError(t, err)
	require.Equal(t, &table.Factors[0].Fin[0], &table.Take(train).Factors[0].Fin[0])
	require.Equal(t, &table.Factors[0].Fin[held[0]], &table.Take(held).Factors[0].Fin[0])

	b, rows := table.NewBatch(16), []int{5, 3, 800, 801}
	require.Zero(t, testing.AllocsPerRun(10, func() { b.Gather(table, rows) }))
	v := Batch{Factors: make([]Values, 2)}
	v.View(table, 0, 16)
	require.Zero(t, testing.AllocsPerRun(10, func() { v.View(table, 7, 23) }))
}

// The held-out part is the end of the text, and no token of it is trained on.
func TestTextSplit(t *testing.T) {
	for n := 8; n < 200; n++ {
		for _, stride := range []int{1, 3, 4, 7} {
			spec := bytesOf(4, stride, 3, 1)
			text := make([]int32, n)
			for i := range text {
				text[i] = int32(i)
			}
			table, err := NewText(spec, "a.txt", text)
			if err != nil {
				require.Less(t, n, 40)
				continue
			}
			train, held, _, err := table.Split(spec, uint64(n))
			require.NoError(t, err)
			at := border(spec.Split, n, stride)
			last, first := train[len(train)-1]*stride+5, held[0]*stride
			require.LessOrEqual(t, last, at)
			require.Greater(t, last+stride, at, "as many rows as fit")
			require.Equal(t, at, first)
			require.InDelta(t, 0.75*float64(n)-float64(stride)/2, at, float64(stride)/2+0.5)
			require.Equal(t, table.Rows-1, held[len(held)-1])
			require.Equal(t, ascending(0, len(train)), train)
			for _, part := range []*Table{table.Take(train), table.Take(held)} {
				require.Equal(t, part.Rows, windows(part.tokens, part.span, stride))
			}
		}
	}
}

// What a message asks for is enough, and one token less is not.
func TestShortText(t *testing.T) {
	for _, split := range [][]int{{1, 0}, {90, 10}, {1, 1}, {1, 9}, {300, 1}} {
		for _, stride := range []int{1, 3, 16} {
			spec := bytesOf(16, stride, split...)
			_, err := NewText(spec, "a.txt", make([]int32, 16))
			var fault *Fault
			require.ErrorAs(t, err, &fault)
			if split[1] == 0 {
				require.EqualError(t, err, "a.txt: the text is too short: a row reaches over 17 tokens, and the text has 16")
				continue
			}
			var enough int
			_, err = fmt.Sscanf(fault.Message[strings.LastIndex(fault.Message, ", ")+2:], "%d are enough", &enough)
			require.NoError(t, err)
			require.Error(t, longEnough(spec, "a.txt", enough-1))
			for n := enough; n < 2*enough; n++ {
				require.NoError(t, longEnough(spec, "a.txt", n))
			}
		}
	}
	_, err := ReadFrom(bytesOf(64, 64, 90, 10), "a.txt", strings.NewReader("too short"))
	require.EqualError(t, err, "a.txt: the text is too short: a row reaches over 65 tokens, and the text has 9; split 90 / 10, 641 are enough")
	_, err = ReadFrom(bytesOf(64, 64), "a.txt", strings.NewReader(""))
	require.EqualError(t, err, "a.txt: the text is too short: a row reaches over 65 tokens, and the text has 0")
}

func TestAlphabet(t *testing.T) {
	table, err := ReadFrom(letters(1), "a.txt", strings.NewReader("ab\r\nc a"))
	require.NoError(t, err, "CR LF is read as LF")
	require.Equal(t, []int32{0, 1, 3, 2, 4}, table.Factors[0].Fin)
	require.Equal(t, "6 characters, a row at each", table.Header.Reason)

	table, err = ReadFrom(letters(2), "a.txt", strings.NewReader("\ufeffabc"))
	require.NoError(t, err, "a byte order mark is no part of the text")
	require.Equal(t, "3 characters, a row every 2 characters", table.Header.Reason)

	spec := letters(1)
	spec.Other = " "
	table, err = ReadFrom(spec, "a.txt", strings.NewReader("a\tb\r\nÄ\r"))
	require.NoError(t, err)
	require.Equal(t, []int32{0, 4, 1, 3, 4}, table.Factors[0].Fin)

	a, err := NewAlphabet("xäß\n", "")
	require.NoError(t, err)
	require.Equal(t, 4, a.Size())
	tokens, err := a.Encode(nil, "äxß\n")
	require.NoError(t, err)
	require.Equal(t, []int32{1, 0, 2, 3}, tokens)
	var text []byte
	for _, k := range tokens {
		text = a.Decode(text, k)
	}
	require.Equal(t, "äxß\n", string(text))
	_, err = a.Encode(nil, "xy")
	require.EqualError(t, err, `'y' is not in the alphabet`)
	_, err = a.Encode(nil, "x\ufffd")
	require.EqualError(t, err, `'�' is not in the alphabet`)
	_, err = a.Encode(nil, "x\xff")
	require.EqualError(t, err, `the text is no UTF-8 at byte 2`)

	bytes, err := NewAlphabet("", "")
	require.NoError(t, err)
	require.Equal(t, 256, bytes.Size())
	tokens, err = bytes.Encode(nil, "ä\xff")
	require.NoError(t, err)
	require.Equal(t, []int32{0xc3, 0xa4, 0xff}, tokens)
	require.Equal(t, []byte{0xc3}, bytes.Decode(nil, 0xc3))
	require.Panics(t, func() { bytes.Decode(nil, 256) })
	require.Panics(t, func() { bytes.Decode(nil, -1) })
}

func TestTextFaults(t *testing.T) {
	for _, c := range []struct{ name, file, text, want string }{
		{"one character", "a.txt", "ab\nac!a\n", `a.txt:2: column 3 (Letter): '!' is not in the alphabet`},
		{"several", "a.txt", "ab\n!é!\n!", "a.txt:2: column 1 (Letter): '!' is not in the alphabet (3 times, here first)\na.txt:2: column 2 (Letter): 'é' is not in the alphabet"},
		{"carriage return alone", "a.txt", "a\rb", `a.txt:1: column 2 (Letter): '\r' is not in the alphabet`},
		{"byte order mark inside", "a.txt", "ab\ufeff", `a.txt:1: column 3 (Letter): '\ufeff' is not in the alphabet`},
		{"no UTF-8", "a.txt", "ab\na\xff", `a.txt:2: column 2 (Letter): the text is no UTF-8`},
		{"UTF-16", "a.txt", "\xff\xfea\x00", `a.txt:1: column 1 (Letter): the text is no UTF-8 but UTF-16; save it as UTF-8`},
		{"not gzip", "a.txt.gz", "ab", `a.txt.gz: not gzip data, although the name ends in .gz`},
		{"gzip cut off", "a.txt.gz", gz(strings.Repeat("abc", 100))[:14], `a.txt.gz:1: column 4 (Letter): the gzip data ends too early: the file is cut off`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var err error
			memory := allocated(func() { _, err = ReadFrom(letters(1), c.file, strings.NewReader(c.text)) })
			require.EqualError(t, err, c.want)
			require.Less(t, memory, 1<<20)
		})
	}
	_, err := ReadFrom(letters(1), "a.txt", strings.NewReader("ab 0123456789!?"))
	require.ErrorContains(t, err, "reading stopped after 10 faults")
	_, err = ReadFrom(bytesOf(2, 1), "a.txt.gz", strings.NewReader(gz(strings.Repeat("abc", 100))[:14]))
	require.EqualError(t, err, "a.txt.gz: the gzip data ends too early: the file is cut off (offset 3)")
	_, err = NewText(bytesOf(2, 1), "memory", []int32{1, 2, 256})
	require.EqualError(t, err, "memory: Context: token 3 is 256, which is not in 0..255")
	_, err = NewText(bytesOf(2, 1), "memory", []int32{1, 2, -1})
	require.EqualError(t, err, "memory: Context: token 3 is -1, which is not in 0..255")
	_, err = NewTable(bytesOf(2, 1), "memory", Values{}, Values{})
	require.EqualError(t, err, "data corpus: rows of text are made by NewText")
}

func TestBadTextSpecs(t *testing.T) {
	for want, change := range map[string]func(*Spec){
		"text has tokens, neither columns nor files":                                    func(s *Spec) { s.Columns[0].First, s.Columns[0].Last = 1, 1 },
		"tokens are of kind Fin":                                                        func(s *Spec) { s.Columns[0].Kind = Int },
		"rows lie at least one token apart":                                             func(s *Spec) { s.Stride = 0 },
		"tokens have 5 values, and the alphabet 256":                                    func(s *Spec) { s.Alphabet = "" },
		"tokens have 4 values, and the alphabet 5":                                      func(s *Spec) { s.Columns[0].N = 4 },
		"the alphabet holds 'a' twice":                                                  func(s *Spec) { s.Alphabet = "abcda" },
		"the alphabet is no UTF-8 text":                                                 func(s *Spec) { s.Alphabet = "\xff" },
		"bytes have no other characters":                                                func(s *Spec) { s.Alphabet, s.Other = "", "a" },
		`characters outside the alphabet are read as "d", which is no character of it`:  func(s *Spec) { s.Other = "d" },
		`characters outside the alphabet are read as "ab", which is no character of it`: func(s *Spec) { s.Other = "ab" },
		"no record has such a shape":                                                    func(s *Spec) { s.Columns[0].Shape = []int{0} },
	} {
		spec := letters(1)
		change(spec)
		require.EqualError(t, spec.Validate(), "data corpus: Letter: "+want)
	}
}

func TestReadTextFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.txt.gz")
	require.NoError(t, os.WriteFile(path, []byte(gz("abcabc")), 0o600))
	table, err := Read(letters(1), path)
	require.NoError(t, err)
	require.Equal(t, []int32{0, 1, 2, 0, 1}, table.Factors[0].Fin)
}

// FuzzText reads anything as bytes and as characters: what is read decodes to
// what was written.
func FuzzText(f *testing.F) {
	f.Add("abc a\nb")
	f.Add("ab\r\n\xff")
	f.Add("\ufeff\r\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		table, err := ReadFrom(bytesOf(1, 1), "a.txt", strings.NewReader(text))
		if strings.HasPrefix(text, "\x1f\x8b") {
			return
		}
		require.Equal(t, len(text) >= 2, err == nil)
		if err == nil {
			require.Len(t, table.Factors[0].Fin, len(text)-1)
		}
		table, err = ReadFrom(letters(1), "a.txt", strings.NewReader(text))
		if err != nil {
			require.Nil(t, table)
			return
		}
		a, _ := NewAlphabet(letters(1).Alphabet, "")
		var back []byte
		for _, k := range table.Factors[0].Fin {
			back = a.Decode(back, k)
		}
		back = a.Decode(back, table.Factors[1].Fin[table.Rows-1])
		require.Equal(t, strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n"), string(back))
	})
}
