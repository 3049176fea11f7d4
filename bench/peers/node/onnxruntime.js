// ONNX Runtime, by its Node package: inference of PREFIX.onnx, one example or
// one batch a call. Usage: node onnxruntime.js PREFIX THREADS
//
// The time holds what a call of session.run costs from JavaScript.
"use strict";
const fs = require("fs");
const ort = require("onnxruntime-node");

const [prefix, threads] = [process.argv[2], Number(process.argv[3])];
const w = JSON.parse(fs.readFileSync(prefix + ".json", "utf8"));
const now = () => Number(process.hrtime.bigint());

async function main() {
  const bytes = fs.readFileSync(prefix + ".f32");
  const size = w.batch * w.dims[0];
  const feeds = [];
  for (let i = 0; i < w.buffers; i++) {
    const x = new Float32Array(bytes.buffer.slice(bytes.byteOffset + 4 * size * i, bytes.byteOffset + 4 * size * (i + 1)));
    feeds.push({ x: new ort.Tensor("float32", x, [w.batch, w.dims[0]]) });
  }
  const session = await ort.InferenceSession.create(prefix + ".onnx", {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
  });

  let squares = 0;
  for (const f of feeds) {
    const { scores } = await session.run(f);
    for (const v of scores.data) squares += v * v;
  }
  const check = squares / (w.buffers * w.batch * w.dims[w.dims.length - 1]);

  let i = 0;
  let start = now();
  while (now() - start < 3e8) await session.run(feeds[i++ % w.buffers]);
  const calls = Math.max(1, Math.floor(4e6 / ((now() - start) / i)));
  const seen = [];
  for (let r = 0; r < 101; r++) {
    start = now();
    for (let k = 0; k < calls; k++) await session.run(feeds[i++ % w.buffers]);
    seen.push((now() - start) / calls);
  }
  seen.sort((a, b) => a - b);
  console.log(`RES onnxruntime ${w.name} ${threads} ${seen[50].toFixed(2)} ${seen[0].toFixed(2)} ${check.toPrecision(7)}`);
}

main().then(
  () => process.exit(0),
  (e) => {
    console.error(e);
    process.exit(1);
  },
);
