/** `npm run demo:coffee`: hands the coffee history beside the project to the demo that `npm start` runs. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const file = path.resolve(root, process.argv[2] ?? "../shared/data/coffee_shop_sales.csv.gz");
const domain = `localhost:${process.env.PORT ?? 8787}`;

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

if (!existsSync(file)) stop(`There is no ${file}. Name the history's file: npm run demo:coffee -- path/to/coffee_shop_sales.csv.gz`);
const answer = await fetch(`http://127.0.0.1:${domain.split(":")[1]}/__sandbox/coffee`, { method: "POST", body: readFileSync(file) })
  .catch(() => stop("The demo is not running: start it with npm start, then run this again."));
if (!answer.ok) stop(`The history could not be loaded: ${await answer.text()}`);
process.stdout.write(`The coffee history's 181 days are being posted.

  http://coffee.${domain}
  Sign in as owner@coffee.example with the demo's password.
`);
