# A neutral, fast environment for every peer; sourced before each of them.

# Settings of the calling shell that would slow a rival, or change us, unseen:
# OPENBLAS_CORETYPE=Haswell, say, halves OpenBLAS, and with it NumPy and
# PyTorch, on a machine with AVX-512.
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE OPENBLAS_VERBOSE NVPL_BLAS_DEBUG_CPU_TYPE
unset MKL_NUM_THREADS MKL_DEBUG_CPU_TYPE MKL_ENABLE_INSTRUCTIONS ATEN_CPU_CAPABILITY
unset OMP_NUM_THREADS OPENBLAS_NUM_THREADS GOMAXPROCS GOGC GOMEMLIMIT GODEBUG GOEXPERIMENT
unset CTGEN_KERNELS

# glibc gives 400 KB tensors back to the kernel and asks for them again in each
# step; without this, PyTorch's Adam has two speeds.
export MALLOC_MMAP_THRESHOLD_=1073741824 MALLOC_TRIM_THRESHOLD_=4294967296 MALLOC_TOP_PAD_=67108864

# An OpenBLAS older than the processor falls back to its slowest kernels, a
# fifth of what the machine can do; it is told the nearest family it knows.
if /usr/bin/python3 -c 'import numpy' 2>/dev/null &&
	OPENBLAS_VERBOSE=2 /usr/bin/python3 -c 'import numpy' 2>&1 | grep -q 'Core: Prescott'; then
	if grep -qw avx512f /proc/cpuinfo; then
		export OPENBLAS_CORETYPE=SkylakeX
	elif grep -qw avx2 /proc/cpuinfo; then
		export OPENBLAS_CORETYPE=Haswell
	fi
fi
