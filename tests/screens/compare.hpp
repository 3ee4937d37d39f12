// Compares a picture of a page with its reference. Rendering is the same everywhere, so the
// tolerance only forgives a font library's rounding. On a difference both pictures and a third one
// that marks the place are written, and the difference is said in words.
#pragma once

#include "domain/picture.hpp"

#include <filesystem>
#include <string>

namespace comparison {

struct Tolerance {
    int channel = 24;      // a pixel differs when a channel does by more than this
    double part = 0.0005;  // of the pixels that may differ
};

struct Verdict {
    bool same = false;
    std::string words;  // "412 of 2073600 pixels differ, between (40, 120) and (510, 160)"
};

// Writes NAME.actual.png, NAME.expected.png and NAME.difference.png into `folder` when they differ.
Verdict pictures(const domain::Picture& actual, const domain::Picture& expected,
                 const std::filesystem::path& folder, const std::string& name,
                 const Tolerance& tolerance = {});

}  // namespace comparison
