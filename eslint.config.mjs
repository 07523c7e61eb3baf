import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/**
 * Imports only point one way (see ARCHITECTURE.md): each zone says what a folder must not reach.
 * The domain (schedules/) is pure; the runner knows nothing of the editor; extension and pages
 * know the runner only by its protocol.
 */
const importDirections = [
  { target: './schedules', from: ['./runner', './extension', './webview', './test', './scripts'] },
  { target: './runner', from: ['./extension', './webview', './test', './scripts'] },
  { target: './extension', from: './runner', except: ['./protocol.ts'] },
  { target: './extension', from: './webview', except: ['./messages.ts'] },
  { target: './webview', from: './runner', except: ['./protocol.ts'] },
  { target: ['./webview', './extension'], from: ['./test', './scripts'] },
  { target: './webview', from: './extension' },
];

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
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [importX.createNodeResolver({ extensions: ['.ts'] })] },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: importDirections }],
      'import-x/no-cycle': 'error',
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
    // The domain also runs in a page and in a web extension: nothing of Node, VS Code or the DOM.
    files: ['schedules/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: ['node:*', 'vscode', 'fs', 'path'] }],
      'no-restricted-globals': ['error', 'process', 'document', 'window', 'Buffer'],
    },
  },
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
