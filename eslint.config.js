import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: { ...globals.browser, htmx: "readonly" } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      complexity: ["error", 17],
      eqeqeq: "error",
      "max-lines": ["error", { max: 450, skipBlankLines: true, skipComments: true }],
      "no-shadow": "error",
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  { files: ["static/js/phone/worker.js"], languageOptions: { globals: globals.serviceworker } },
  { files: ["tests/scripts/**"], languageOptions: { globals: globals.node } },
];
