package data

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Reading is bound by parsing numbers: the bytes a second say how fast.
func BenchmarkRead(b *testing.B) {
	text := []byte(strings.Repeat(strings.Repeat("17.99,0,253,0.006399,", 100)+"1\n", 500))
	spec := &Spec{Name: "rows", Format: "csv", Columns: []Column{
		{Object: "Features", First: 1, Last: 400}, {Object: "Class", Kind: Fin, First: 401, Last: 401, N: 2}}}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		table, err := ReadFrom(spec, "rows.csv", bytes.NewReader(text))
		require.NoError(b, err)
		require.Equal(b, 500, table.Rows)
	}
}
