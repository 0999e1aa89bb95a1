# Homebrew formula, of a tap of one's own, since Homebrew takes none from a path. In a clone of the sources:
#   brew tap-new polycore/local
#   cp assets/packaging/polycore.rb "$(brew --repository polycore/local)/Formula/"
#   HOMEBREW_POLYCORE_SOURCES=$PWD brew install --HEAD polycore/local/polycore
class Polycore < Formula
  desc "Polyphonic synthesizer that plays on every core"
  license "MIT"
  head "file://#{ENV.fetch("HOMEBREW_POLYCORE_SOURCES", "/")}", using: :git

  depends_on "cmake" => :build
  depends_on "ninja" => :build
  depends_on "pkgconf" => :build
  depends_on "hwloc"
  depends_on "libsndfile"
  depends_on "portaudio"
  depends_on "portmidi"
  depends_on "sdl2"
  depends_on "sdl2_ttf"

  def install
    system "cmake", "-S", ".", "-B", "build", "-G", "Ninja", "-DPOLYCORE_TESTS=OFF", *std_cmake_args
    system "cmake", "--build", "build"
    system "cmake", "--install", "build"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/polycore --version") unless build.head?
    assert_match "Bass", shell_output("#{bin}/polycore patches")
  end
end
