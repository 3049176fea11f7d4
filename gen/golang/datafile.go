package golang

func (e *emitter) dataFile() *file { return nil }
