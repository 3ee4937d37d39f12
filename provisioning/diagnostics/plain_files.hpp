// Files of a folder that programs of less right write, read by one of more: links, pipes and
// devices are passed over, so that none of them can point at what only the reader may see.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace provisioning::diagnostics {

struct PlainFile {
    std::string name, text;
};
// Those whose names end so, up to `bytes_max` each, by name. A folder that is a link or not there
// has none.
std::vector<PlainFile> plain_files_in(const std::string& folder, const std::string& ending,
                                      std::size_t bytes_max);

}  // namespace provisioning::diagnostics
