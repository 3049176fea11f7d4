// Command tocsv writes a Parquet file as CSV to standard output, for
// specs whose models are trained by the command:
//
//	go run github.com/ctgen-lang/ctgen/runtime/data/parquet/tocsv cohort.parquet > cohort.csv
package main

import (
	"bufio"
	"fmt"
	"os"

	"github.com/ctgen-lang/ctgen/runtime/data/parquet"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: tocsv FILE > FILE.csv")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "tocsv:", err)
		os.Exit(1)
	}
}

func write(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	out := bufio.NewWriter(os.Stdout)
	if err := parquet.WriteCSV(out, f); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return out.Flush()
}
