import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";

const schemaPath = new URL("slack-manifest.schema.json", import.meta.url);

/** Checks a manifest (YAML text) against Slack's published schema. Returns one sentence per problem. */
export const manifestProblems = (yaml: string): readonly string[] => {
  const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(schemaPath, "utf8")));
  if (validate(parse(yaml))) return [];
  return (validate.errors ?? []).map((error) => `${error.instancePath || "/"} ${error.message ?? "is wrong"}`);
};
