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
    <Modal
      opened={is_open}
      onClose={close}
      withCloseButton={false}
      centered={false}
      yOffset="12vh"
      padding={0}
      size={620}
      aria-label={t('palette.title')}
    >
      {is_open && <PaletteBody onClose={close} />}
    </Modal>
  );
}
