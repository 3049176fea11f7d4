// What the C peers share: the data file, the clock, the line of results.
#define _GNU_SOURCE
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ALIGNED __attribute__((aligned(64)))
#define INLINE static inline __attribute__((always_inline))

static double now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// Data comes from PREFIX.f32, which package workload describes.
static FILE *data_file;

static void open_data(const char *prefix) {
    char path[4096];
    snprintf(path, sizeof path, "%s.f32", prefix);
    data_file = fopen(path, "rb");
    if (!data_file) {
        perror(path);
        exit(2);
    }
}

static void read_data(float *to, size_t n) {
    if (fread(to, sizeof *to, n, data_file) != n) {
        fprintf(stderr, "the data file is too short\n");
        exit(2);
    }
}

// report times call(i) for i = 0, 1, ... and prints
//
//   RES peer workload threads median minimum check
//
// in nanoseconds per step. A call makes `steps` steps. The calls are timed in
// repetitions of about 2 ms, and the median and minimum are over these.
static void report(const char *peer, const char *workload, int threads, int steps, void (*call)(int), double check) {
    enum { REPETITIONS = 151 };
    double seen[REPETITIONS], start = now_ns();
    int i = 0;
    while (now_ns() - start < 1e8)
        for (int k = 0; k < 8; k++) call(i++);
    double each = (now_ns() - start) / i;
    long calls = 2e6 / each + 1;
    for (int r = 0; r < REPETITIONS; r++) {
        start = now_ns();
        for (long k = 0; k < calls; k++) call(i++);
        seen[r] = (now_ns() - start) / calls / steps;
        if (i > 1 << 30) i = 0;
    }
    qsort(seen, REPETITIONS, sizeof *seen, ascending);
    printf("RES %s %s %d %.2f %.2f %.7g\n", peer, workload, threads, seen[REPETITIONS / 2], seen[0], check);
}
