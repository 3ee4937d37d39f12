// Blocks to read: tables, long texts, pages of a paper. What does not fit at once is turned by
// buttons inside the block, whose ids are its own with .back and .on; turning is the page's own
// business and no Action. Plain values.
#pragma once

#include "base/secret.hpp"
#include "domain/picture.hpp"
#include "ui/screens/blocks/button.hpp"

#include <string>
#include <vector>

namespace ui::screens {

struct TableColumn {
    std::string title{};
    double share = 1;      // of the width, against the other columns
    bool numbers = false;  // set at the right
};
struct TableRow {
    std::vector<std::string> cells{};  // as many as there are columns
    Sensitivity sensitivity = Sensitivity::open;
};
// A header and rows, at most eight at a time. A list (a log, a record) may have many rows and words
// of any width: it has the whole width of the page, its rows become cards where a column is too
// narrow for a word, and the parts of a page divide it between them.
struct Table {
    std::string id{};
    std::string title{};
    std::vector<TableColumn> columns{};
    std::vector<TableRow> rows{};
    std::string empty_text{};  // stands for the rows when there are none
    bool list = false;
    // Of a list, the rows of one part of the page: all at once, nothing to turn.
    enum class Piece { none, rows, cards } piece = Piece::none;
};

struct LongParagraph {
    std::string text{};
    bool heading = false;
};
// A text longer than the page: turned by buttons, or pushed with a finger.
struct LongText {
    std::string id{};
    std::string title{};
    std::vector<LongParagraph> paragraphs{};
    Sensitivity sensitivity = Sensitivity::open;
};

// A paper as it will be printed, page by page, each as wide as the block at first. Where it has
// sizes, buttons (its id with .smaller and .larger) show all of a page at once or the writing up to
// twice as large.
struct PagePicture {
    std::string id{};
    std::string caption{};  // what is seen, for those who do not see it; without pages, why
    std::vector<base::Secret<domain::Picture>> pages{};
    Sensitivity sensitivity = Sensitivity::personal;
    bool sizes = false;
};

}  // namespace ui::screens
