import { createTheme, rem } from '@mantine/core';
import type { MantineColorsTuple } from '@mantine/core';

// One accent, calm greys. The greys replace Mantine's own so that every part of it follows.
const accent: MantineColorsTuple = [
  '#eef0fe', '#dfe2fb', '#bcc1f4', '#979eed', '#7a83e7', '#6570e0', '#4f59d1', '#4049b8', '#363e9c', '#2b327f',
];
const gray: MantineColorsTuple = [
  '#fafafb', '#f4f4f6', '#ebebee', '#dfdfe4', '#c9c9d0', '#a2a2ad', '#64646f', '#4b4b55', '#2f2f37', '#1b1b20',
];
const dark: MantineColorsTuple = [
  '#e8e8ec', '#c9c9d0', '#a0a0ab', '#6f6f7a', '#383940', '#2b2c32', '#222328', '#1a1b1f', '#141518', '#0e0f11',
];

export const font_family =
  'Inter, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Hiragino Sans", "Yu Gothic UI", ' +
  '"Noto Sans CJK JP", "Noto Sans JP", sans-serif';

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 6 },
  colors: { accent, gray, dark },
  black: '#1b1b20',
  fontFamily: font_family,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: rem(12), sm: rem(13), md: rem(14), lg: rem(16), xl: rem(20) },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  headings: {
    fontFamily: font_family,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: rem(20), lineHeight: '1.3' },
      h2: { fontSize: rem(16), lineHeight: '1.35' },
      h3: { fontSize: rem(14), lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  radius: { xs: rem(3), sm: rem(4), md: rem(6), lg: rem(10), xl: rem(16) },
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm', visibilityToggleFocusable: true } },
    Textarea: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', comboboxProps: { shadow: 'md' }, checkIconPosition: 'right' } },
    MultiSelect: { defaultProps: { size: 'sm', comboboxProps: { shadow: 'md' } } },
    NumberInput: { defaultProps: { size: 'sm' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'sm', withThumbIndicator: false } },
    Alert: {
      vars: (_: unknown, { color }: { color?: string }) => ({ root: alertTone(color) }),
    },
    Badge: { defaultProps: { variant: 'light', radius: 'sm', size: 'sm', tt: 'none', fw: 500 } },
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'lg',
        overlayProps: { backgroundOpacity: 0.32, blur: 1 },
        transitionProps: { transition: 'pop', duration: 120 },
      },
      styles: { title: { fontSize: rem(16), fontWeight: 600 }, body: { paddingTop: rem(4) } },
    },
    InputWrapper: { styles: { label: { fontWeight: 500, fontSize: rem(13), marginBottom: rem(4) }, description: { marginBottom: rem(4) } } },
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, shadow: 'md', radius: 'md', transitionProps: { duration: 80 } } },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    Tooltip: { defaultProps: { openDelay: 350, transitionProps: { duration: 80 }, fz: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
  },
});

/** Alerts in the product's own tones, in both themes. */
function alertTone(color: string | undefined): Record<string, string> {
  const tones: Record<string, string> = { red: 'bad', green: 'good', yellow: 'warn', orange: 'warn' };
  const tone = tones[(color ?? '').split('.')[0] ?? ''];
  if (tone === undefined)
    return { '--alert-bg': 'var(--surface-sunken)', '--alert-color': 'var(--text-dim)', '--alert-bd': '1px solid var(--border)' };
  return { '--alert-bg': `var(--${tone}-soft)`, '--alert-color': `var(--${tone})`, '--alert-bd': '1px solid transparent' };
}
