/** The fonts that paper is set in (`src/features/paper`), each by the package and the file that it comes from. */
export const FONT_SOURCES = {
  "NotoSerif-Regular.ttf": "@expo-google-fonts/noto-serif/400Regular/NotoSerif_400Regular.ttf",
  "NotoSerif-SemiBold.ttf": "@expo-google-fonts/noto-serif/600SemiBold/NotoSerif_600SemiBold.ttf",
  "DejaVuSansCondensed.ttf": "dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf",
  "DejaVuSansCondensed-Bold.ttf": "dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf",
} as const;
