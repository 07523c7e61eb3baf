import { builtinModules } from 'node:module';
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * Imports only point one way (see ARCHITECTURE.md): for each folder, what it must not reach. The
 * domain is pure; the runner knows nothing of the editor; extension and pages know the runner only
 * by its protocol.
 */
const forbiddenImports = {
  schedules: ['runner', 'extension', 'webview', 'test', 'scripts'],
  runner: ['extension', 'webview', 'test', 'scripts'],
  extension: ['runner/(?!protocol\\.ts$)', 'webview/(?!messages\\.ts$)', 'test', 'scripts'],
  webview: ['runner/(?!protocol\\.ts$)', 'extension', 'test', 'scripts'],
};

/** @type {import('eslint').Linter.Config[]} */
const importDirections = Object.entries(forbiddenImports).map(([folder, forbidden]) => ({
  files: [`${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.{1,2}/)+(${forbidden.map((path) => (path.includes('(?!') ? path : `${path}/`)).join('|')})`,
            message: `${folder}/ must not know of it: imports only point one way (ARCHITECTURE.md).`,
          },
          // The domain also runs in a page: nothing of Node or VS Code.
          ...(folder === 'schedules' ? [{ regex: `^(node:|(${builtinModules.join('|')})$)` }] : []),
          ...(folder === 'extension' ? [] : [{ regex: '^vscode$' }]),
        ],
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.anneal/', '.vscode-test/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./*/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'no-console': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // tfjs declares as classes what it makes as plain objects.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
    },
  },
  {
    // The domain also runs in a page: nothing of Node or the DOM.
    files: ['schedules/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'document', 'window', 'Buffer'],
    },
  },
  ...importDirections,
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        performance: 'readonly',
      },
    },
  },
);
