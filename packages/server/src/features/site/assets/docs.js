// The viewer takes its settings from a call; an inline script would need a hole in the content security policy.
globalThis.Scalar.createApiReference('#reference', {
  url: '/api/openapi.json',
  theme: 'none',
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  documentDownloadType: 'json',
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
  authentication: { preferredSecurityScheme: 'bearer' },
  agent: { disabled: true },
  mcp: { disabled: true },
  customCss: `
    .light-mode {
      --scalar-background-1: #ffffff; --scalar-background-2: #f6f7f9; --scalar-background-3: #e8ebf0;
      --scalar-border-color: #e1e5eb; --scalar-background-accent: #e0f4f1;
      --scalar-color-1: #131822; --scalar-color-2: #536072; --scalar-color-3: #6b7788; --scalar-color-accent: #0b8476;
      --scalar-color-green: #188a58; --scalar-color-red: #c9303e; --scalar-color-yellow: #9a6700;
      --scalar-color-orange: #9a6700; --scalar-color-blue: #0b6d9e; --scalar-color-purple: #4255c9;
    }
    .dark-mode {
      --scalar-background-1: #0b0e14; --scalar-background-2: #10141c; --scalar-background-3: #1d2430;
      --scalar-border-color: #222a37; --scalar-background-accent: #0f2b2a;
      --scalar-color-1: #e7ebf2; --scalar-color-2: #9aa6b8; --scalar-color-3: #8390a3; --scalar-color-accent: #2fd0b8;
      --scalar-color-green: #46c48b; --scalar-color-red: #f2646f; --scalar-color-yellow: #e4b04e;
      --scalar-color-orange: #e4b04e; --scalar-color-blue: #5cb8e6; --scalar-color-purple: #8ea6ff;
    }
    :root { --scalar-font: Inter, system-ui, sans-serif; --scalar-font-code: 'JetBrains Mono', ui-monospace, monospace; }
  `,
});
