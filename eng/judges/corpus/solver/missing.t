# What is not there, and what needs it.
repo system 0 empty
repo one 0 testtags <inline>
#>=Ver: 3.0
#>=Pkg: a 1 1 noarch
#>=Prv: a = 1-1
#>=Req: missing >= 2
system x86_64 rpm system
job install name a
job install name nothing
result transaction,problems <inline>
#>problem c43b1300 info package nothing does not exist
#>problem c43b1300 solution e5d076c2 deljob install name nothing
#>problem e9d3b9cc info nothing provides missing >= 2 needed by a-1-1.noarch
#>problem e9d3b9cc solution 7981ef42 deljob install name a
