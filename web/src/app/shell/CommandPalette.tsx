import { Modal } from '@mantine/core';
import { useText } from '@/i18n';
import { PaletteBody } from './PaletteBody';
import { showShellWindow, useShellWindow } from './shell_state';

/** One input that finds records, places and acts. */
export function CommandPalette() {
  const { t } = useText();
  const is_open = useShellWindow() === 'palette';
  const close = () => showShellWindow(null);
  return (
    <Modal.Root opened={is_open} onClose={close} centered={false} yOffset="12vh" padding={0} size={620}>
      <Modal.Overlay backgroundOpacity={0.32} blur={1} />
      <Modal.Content aria-label={t('palette.title')}>
        {is_open && <PaletteBody onClose={close} />}
      </Modal.Content>
    </Modal.Root>
  );
}
