// What a problem of a pack means and how it is mended, in Chinese, for whoever wrote the pack. The
// reader says problems in the words of a programmer; here each of them has its row. Pure; any
// thread.
#pragma once

#include <string>
#include <string_view>

namespace provisioning::catalogue_tools {

struct Advice {
    std::string problem;  // 缺这一项
    std::string mend;     // 补上这一项
};
// A problem without a row is said as the reader says it, with the schema to compare.
Advice advice_on(std::string_view problem);
bool has_advice_on(std::string_view problem);

}  // namespace provisioning::catalogue_tools
