// Bundles src/ and the socket.io client into one script. `node build.mjs FILE` writes to FILE.
// The same sources and the same locked tools give the same bytes.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const outfile = process.argv[2] ?? `${here}../bot/widget/widget.js`;

// What the built file depends on. tests/contracts/test_widget_build.py computes the same digest,
// so that a forgotten build is noticed without Node.
const inputs = ["build.mjs", "package-lock.json", ...readdirSync(`${here}src`).map((name) => `src/${name}`)];
const digest = createHash("sha256");
for (const name of inputs.sort()) {
  const content = readFileSync(`${here}${name}`);
  digest.update(`${name}\0${content.length}\0`);
  digest.update(content);
}

const minifiedCss = {
  name: "minified-css",
  setup(builder) {
    builder.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true });
      return { contents: code, loader: "text" };
    });
  },
};

await build({
  entryPoints: [`${here}src/index.ts`],
  outfile,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  legalComments: "none",
  absWorkingDir: here,
  plugins: [minifiedCss],
  banner: {
    js:
      `/*! Built from widget/src, sha256 ${digest.digest("hex")}. ` +
      "Contains socket.io-client 4.8 (MIT, (c) Guillermo Rauch and Socket.IO contributors). */",
  },
});
