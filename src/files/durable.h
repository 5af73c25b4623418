#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

// Files that are on the disk when the function returns. All of these throw std::system_error when
// the disk refuses.

namespace tandem::files {

/// Makes the folder and those above it; what is there already is fine.
void make_folder_durably(const std::filesystem::path& folder);
/// Makes a new file that only this user may read.
void write_and_sync(const std::filesystem::path& path, std::string_view bytes);
/// Makes the names in a folder durable.
void sync_folder(const std::filesystem::path& folder);
/// Nothing when there is no such file.
std::optional<std::string> read_whole(const std::filesystem::path& path);

}  // namespace tandem::files
