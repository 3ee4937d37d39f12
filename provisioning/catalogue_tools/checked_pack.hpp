// A pack as a file that somebody is working on: read with bounds, every problem with its line. No
// signature is looked at. For one command in one thread; reads files only.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "catalogue/pack.hpp"
#include "catalogue/reading/places_in_text.hpp"
#include "provisioning/catalogue_tools/advice.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace provisioning::catalogue_tools {

struct Finding {
    std::string place;  // JSON pointer; empty: the whole document
    catalogue::reading::TextPosition position;
    Advice advice;
    std::string said;  // the reader's own words
};
struct CheckedPack {
    std::string file;
    base::Bytes bytes;
    base::Millis took{};     // to read it into values and look at every rule
    catalogue::Pack pack{};  // meaningful when there is no finding
    std::vector<Finding> findings{};
};

// The folder's pack.json, or the file itself.
std::string pack_file_of(const std::string& file_or_folder);
// An ordinary file of at most so many bytes. FileUnreadable; BytesMalformed when it is larger.
base::Result<base::Bytes> read_at_most(const std::string& path, std::size_t bytes_max);
// The same faults; what is wrong inside the file are findings.
base::Result<CheckedPack> check_pack(const std::string& file_or_folder, const base::Clock& clock);

}  // namespace provisioning::catalogue_tools
