// The floating point peak of one core, from registers only: independent chains
// of fused multiply-adds, enough of them to hide the latency. Prints GFLOP/s,
//
//   PEAK name best median
//
// for AVX2 and AVX-512 where -march=native has them, and nothing elsewhere.
#include "bench.h"

#ifdef __AVX2__
#include <immintrin.h>
#endif

enum { LENGTH = 1200000, REPETITIONS = 41 }; // some 2 ms, as peers are timed
static volatile float sink;

// MEASURE defines a function that runs twelve chains of vectors of LANES floats.
// The empty assembler statement keeps the chains in registers and apart.
#define MEASURE(name, vector, set, fma, LANES)                                  \
    static double name(void) {                                                  \
        vector a[12], b = set(0.999f), c = set(1e-3f);                          \
        _Pragma("GCC unroll 12") for (int i = 0; i < 12; i++) a[i] = set(i);    \
        double start = now_ns();                                                \
        for (long n = 0; n < LENGTH; n++) {                                     \
            _Pragma("GCC unroll 12") for (int i = 0; i < 12; i++) {             \
                a[i] = fma(a[i], b, c);                                         \
                __asm__ volatile("" : "+v"(a[i]));                              \
            }                                                                   \
        }                                                                       \
        double ns = now_ns() - start;                                           \
        _Pragma("GCC unroll 12") for (int i = 1; i < 12; i++) a[0] += a[i];     \
        sink = a[0][0];                                                         \
        return LENGTH * 12.0 * 2 * LANES / ns;                                  \
    }

#ifdef __AVX2__
MEASURE(avx2, __m256, _mm256_set1_ps, _mm256_fmadd_ps, 8)
#endif
#ifdef __AVX512F__
MEASURE(avx512, __m512, _mm512_set1_ps, _mm512_fmadd_ps, 16)
#endif

static void print(const char *name, double (*measure)(void)) {
    double seen[REPETITIONS];
    measure(); // wakes the clock and the wide units
    for (int r = 0; r < REPETITIONS; r++) seen[r] = measure();
    qsort(seen, REPETITIONS, sizeof *seen, ascending);
    printf("PEAK %s %.1f %.1f\n", name, seen[REPETITIONS - 1], seen[REPETITIONS / 2]);
}

int main(void) {
#ifdef __AVX2__
    print("avx2", avx2);
#endif
#ifdef __AVX512F__
    print("avx512", avx512);
#endif
    return 0;
}
