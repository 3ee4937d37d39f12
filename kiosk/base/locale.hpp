// The languages the terminal speaks. generate.py knows the same list.
#pragma once

namespace base {
enum class Locale { zh, en };
}
