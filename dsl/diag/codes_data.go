package diag

// Data and training.
const (
	// CT0901: unknown row or entry
	CT0901 Code = "CT0901"

	// CT0902: row or entry twice
	CT0902 Code = "CT0902"

	// CT0903: columns do not fit
	//
	// Their number is not that of the object.
	CT0903 Code = "CT0903"

	// CT0904: row missing
	//
	// A factor of the row is bound to no columns.
	CT0904 Code = "CT0904"

	// CT0905: wrong split
	//
	// A part is zero or too large.
	CT0905 Code = "CT0905"

	// CT0906: unknown data format
	CT0906 Code = "CT0906"

	// CT0907: train does not fit
	//
	// Step, data or metric do not go together.
	CT0907 Code = "CT0907"

	// CT0908: entry missing
	//
	// Train names no step or no data.
	CT0908 Code = "CT0908"

	// CT0909: wrong value of an entry
	CT0909 Code = "CT0909"

	// CT0910: unknown metric, or a metric of something it does not measure
	CT0910 Code = "CT0910"

	// CT0911: row without shape
	//
	// A row of data is no product of distinct, named objects of fixed size.
	CT0911 Code = "CT0911"

	// CT0912: preprocessing does not apply
	//
	// The object is no measured quantity, or its set would be left.
	CT0912 Code = "CT0912"

	// CT0913: files do not fit
	//
	// Csv binds columns and idx binds files, to all factors of a row alike.
	CT0913 Code = "CT0913"
)
