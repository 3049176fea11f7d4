// Package train runs training declarations: it reads and splits the data,
// iterates a generated step over shuffled batches, evaluates on the held-out
// part, reports, saves and resumes.
//
// Same spec, data and seed give the same bits, on any number of threads and
// however often the training was interrupted and resumed.
package train
