// Package npy reads and writes NumPy's files: an array in an .npy file, several
// with names in an .npz archive. Nothing is allocated for a shape before the
// bytes behind it are there, and an archive tells what it holds before any of
// it is inflated.
//
// The formats are described at
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html and
// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT.
package npy
