// Package parquet reads Parquet files as the CSV that a spec's data declarations
// describe: a header of the columns' names, a line for each row. So all that a
// declaration says holds of them too: columns by number or name, sets,
// preprocessing, splits. It is a module of its own, since the readers of Apache
// Arrow, which it uses, weigh more than all the rest of a program made by ctgen.
//
// Arrow's own file format is not read here: its reader takes the sizes that a
// file states on trust, and a damaged file could exhaust a program's memory.
package parquet
