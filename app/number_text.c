// strtod and printf follow the locale's decimal comma; a patch written in Berlin must load in Boston.
#include "app/number_text.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum {
    MANTISSA_DIGITS_MAX = 18,  // what uint64_t holds of any digits
    EXPONENT_MAX = 400,        // beyond the range of double either way
    FLOAT_DIGITS_SHORTEST = 6, // FLT_DIG: decimal to float and back
    FLOAT_DIGITS_EXACT = 9,    // FLT_DECIMAL_DIG: float to decimal and back
};

static bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

// Times ten to the exponent. Dividing keeps 0.1 exact where multiplying by 1e-1 would not.
static double scale(double value, int exponent) {
    double power = 1.0;
    for (int i = exponent < 0 ? -exponent : exponent; i > 0; i--) {
        power *= 10.0;
    }
    return exponent < 0 ? value / power : value * power;
}

static const char *parse_exponent(const char *text, int *exponent) {
    const char *at = text + 1;
    bool negative = *at == '-';
    if (*at == '-' || *at == '+') {
        at++;
    }
    if (!is_digit(*at)) {
        return text; // the e belongs to what follows the number
    }
    int value = 0;
    for (; is_digit(*at); at++) {
        value = value < EXPONENT_MAX ? value * 10 + (*at - '0') : value;
    }
    *exponent += negative ? -value : value;
    return at;
}

const char *number_parse(const char *text, double *value) {
    const char *at = text;
    bool negative = *at == '-';
    if (*at == '-' || *at == '+') {
        at++;
    }
    uint64_t mantissa = 0;
    int kept = 0;     // significant digits in the mantissa
    int digits = 0;   // seen
    int exponent = 0; // of ten
    bool fraction = false;
    for (;; at++) {
        if (*at == '.' && !fraction) {
            fraction = true;
            continue;
        }
        if (!is_digit(*at)) {
            break;
        }
        digits++;
        if (kept < MANTISSA_DIGITS_MAX) {
            mantissa = mantissa * 10 + (uint64_t)(*at - '0');
            kept += mantissa != 0;
            exponent -= fraction;
        } else {
            exponent += !fraction;
        }
    }
    if (digits == 0) {
        return NULL;
    }
    if (*at == 'e' || *at == 'E') {
        at = parse_exponent(at, &exponent);
    }
    exponent = exponent > EXPONENT_MAX ? EXPONENT_MAX : exponent < -EXPONENT_MAX ? -EXPONENT_MAX : exponent;
    double magnitude = mantissa ? scale((double)mantissa, exponent) : 0.0;
    *value = negative ? -magnitude : magnitude;
    return at;
}

// The locale's decimal mark may be a comma or several bytes long: whatever is no part of a number becomes one
// point.
static void point_from_locale(char *text) {
    char *out = text;
    for (const char *in = text; *in; in++) {
        if (strchr("0123456789+-e", *in)) {
            *out++ = *in;
        } else if (out > text && out[-1] != '.') {
            *out++ = '.';
        }
    }
    *out = '\0';
}

void number_format(float value, char text[NUMBER_TEXT_BYTES]) {
    for (int digits = FLOAT_DIGITS_SHORTEST; digits <= FLOAT_DIGITS_EXACT; digits++) {
        snprintf(text, NUMBER_TEXT_BYTES, "%.*g", digits, (double)value);
        point_from_locale(text);
        double back;
        if (number_parse(text, &back) && (float)back == value) {
            return;
        }
    }
}
