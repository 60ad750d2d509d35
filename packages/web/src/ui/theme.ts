import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';

/** From the light scheme's faintest tint to the darkest shade; 4 is the accent in the dark, 7 in the light. */
const teal: MantineColorsTuple = [
  '#e0f4f1',
  '#c2ebe5',
  '#93dfd3',
  '#5fd6c4',
  '#2fd0b8',
  '#1fae9b',
  '#149485',
  '#0b7a6e',
  '#08635a',
  '#04211d',
];

/** The greys of the dark scheme by the numbers that components use: 0 text, 4 borders, 6 floating elements, 7 the page. */
const dark: MantineColorsTuple = [
  '#e7ebf2',
  '#c5ccd8',
  '#9aa6b8',
  '#8591a5',
  '#2e3848',
  '#1d2430',
  '#161b25',
  '#0b0e14',
  '#0b0e14',
  '#06080c',
];

/** Mantine in the values of tokens.css. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 4 },
  colors: { teal, dark },
  autoContrast: true,
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 8,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '26px' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '15px' }, h2: { fontSize: '15px' }, h3: { fontSize: '13px' } },
  },
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    if (input.variant === 'filled' && (input.color === undefined || input.color === 'teal'))
      return { ...colors, background: 'var(--accent)', color: 'var(--accent-ink)' };
    if (input.variant === 'filled' && input.color === 'red')
      return { ...colors, background: 'var(--bad)', hover: 'var(--bad)', color: 'var(--bad-ink)' };
    if (input.variant === 'light' && input.color === 'yellow')
      return { ...colors, background: 'var(--warn-bg)', color: 'var(--warn)' };
    if (input.variant === 'light' && input.color === 'red')
      return { ...colors, background: 'var(--bad-bg)', color: 'var(--bad)' };
    if (input.variant === 'subtle' && input.color === 'red')
      return { ...colors, hover: 'var(--bad-bg)', color: 'var(--bad)' };
    if (input.variant === 'subtle' && input.color === 'gray')
      return { ...colors, hover: 'var(--bg-2)', color: 'var(--text-2)' };
    return colors;
  },
  // By name, not by Component.extend(): that would add every component named here to the first load.
  components: {
    Button: { defaultProps: { size: 'sm' }, vars: () => ({ root: buttonSize }) },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 32 } },
    Input: {
      vars: (_: unknown, { variant }: { variant?: string }) => ({
        wrapper: variant === 'unstyled' ? inputSize : { ...inputSize, '--input-bg': 'var(--bg-0)' },
      }),
    },
    InputWrapper: {
      styles: {
        label: { color: 'var(--text-2)', fontSize: 12, fontWeight: 400, marginBottom: 6 },
        description: { color: 'var(--text-3)', fontSize: 12 },
        error: { color: 'var(--bad)', fontSize: 12 },
      },
    },
    Modal: {
      defaultProps: {
        centered: true,
        radius: 10,
        overlayProps: { backgroundOpacity: 0.5 },
        transitionProps: { duration: 120 },
      },
      styles: { title: { fontSize: 15, fontWeight: 600 } },
    },
    Menu: {
      defaultProps: {
        shadow: 'md',
        transitionProps: { duration: 80 },
        position: 'bottom-end',
        // The first item gets the focus (ARIA APG, menu button): the placeholder of Mantine is not an allowed child of a menu.
        withInitialFocusPlaceholder: false,
      },
    },
    SegmentedControl: {
      defaultProps: { withItemsBorders: false },
      styles: { root: { background: 'var(--bg-2)' }, indicator: { background: 'var(--table)' } },
    },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 80 } } },
  },
});

const inputSize = { '--input-height': '34px', '--input-fz': '13px' };
const buttonSize = { '--button-height': '32px', '--button-padding-x': '12px', '--button-fz': '13px' };

const scheme = {
  '--mantine-color-body': 'var(--bg-0)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-2)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-default': 'var(--bg-1)',
  '--mantine-color-default-hover': 'var(--bg-2)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line-2)',
  '--mantine-color-disabled': 'var(--bg-2)',
  '--mantine-color-disabled-color': 'var(--text-3)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-filled-hover': 'color-mix(in srgb, var(--accent) 88%, var(--text))',
  '--mantine-primary-color-contrast': 'var(--accent-ink)',
};

/** Mantine's variables, mapped to those of tokens.css, which differ by scheme; so both schemes have the same mapping. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--mantine-shadow-md': 'var(--shadow)' },
  light: scheme,
  dark: scheme,
});
